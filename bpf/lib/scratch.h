/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Per-CPU memory in which a record with a tail of strings is put together. */
#ifndef SCRATCH_H
#define SCRATCH_H

#include "maps.h"

#define RECORD_MAX 16384 /* bytes of the longest record, rounded up to a power of two */
#define RECORD_MASK (RECORD_MAX - 1)

/*
 * Offsets live here and not in registers: the verifier forgets what it stored in a map, so the
 * states of a loop's rounds are equal to it and it prunes them. Both arrays have room for one
 * longest string behind the masked offset.
 */
struct scratch {
	char path[EDGE_PATH_MAX * 2];
	char record[RECORD_MAX + EDGE_PATH_MAX];
	__u32 path_start; /* the path is path[path_start .. EDGE_PATH_MAX - 1] */
	__u32 used;	  /* bytes of record */
	/* Of names that are looked at from their end: where in the record the name begins and in
	 * the name the part ends, how many parts were looked at, whether one is watched. */
	volatile __u32 word_name, word_end, words, matched;
	struct edge_word_key word;
	/* Of a change (lib/change.h): what it is of, as mere numbers. The verifier lets no pointer
	 * whose type it knows into a function of its own to it. */
	volatile __u64 entry, other, mount, text;
	/* A run is in the middle of it: several programs may share one, and a kernel whose mode of
	 * preemption is changed while they run interrupts one for another. */
	volatile __u32 claimed;
};

_Static_assert(sizeof(struct edge_exec) + 2 * EDGE_PATH_MAX + 2 * EDGE_ASKED_MAX + EDGE_ARGV_MAX <
		   RECORD_MAX,
	       "the longest record");
_Static_assert(EDGE_ARGV_MAX <= EDGE_PATH_MAX && EDGE_ASKED_MAX < EDGE_PATH_MAX,
	       "room at the tail");
_Static_assert(sizeof(struct scratch) <= 32768, "a per-CPU value");

/* One each per program: programs may interrupt each other on a CPU, but the kernel does not let one
 * interrupt itself; where it does, the program has several and takes a free one. */
#define SCRATCH_MAP(name) SCRATCH_SLOTS(name, 1)
#define SCRATCH_SLOTS(name, count)                                                                 \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);                                           \
		__uint(max_entries, count);                                                        \
		__type(key, __u32);                                                                \
		__type(value, struct scratch);                                                     \
	} name SEC(".maps")

static __always_inline struct scratch *scratch_at(void *map, __u32 slot)
{
	return bpf_map_lookup_elem(map, &slot);
}

/* Begins a record of `fixed` bytes, its fixed part zeroed. */
static __always_inline void record_begin(struct scratch *scratch, __u32 fixed)
{
	__builtin_memset(scratch->record, 0, fixed);
	scratch->used = fixed;
}

/* A scratch of a map, with a record begun. */
static __always_inline struct scratch *scratch_begin(void *map, __u32 slot, __u32 fixed)
{
	struct scratch *scratch = scratch_at(map, slot);

	if (scratch)
		record_begin(scratch, fixed);
	return scratch;
}

/* Says that `size` more bytes of the record are written; an error code adds nothing. Returns the
 * bytes added. */
static __always_inline __u16 scratch_advance(struct scratch *scratch, long size)
{
	if (size <= 0)
		return 0;
	scratch->used += size;
	return size;
}

/* Where the next string of the tail goes: EDGE_PATH_MAX bytes are free there. */
static __always_inline char *scratch_tail(struct scratch *scratch)
{
	return &scratch->record[scratch->used & RECORD_MASK];
}

#endif
