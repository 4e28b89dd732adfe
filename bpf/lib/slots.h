/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Places to put a record together, for programs that the kernel may interrupt by themselves on the
 * same CPU, in any order: a run takes a free one. Kernels for which numbers come from claims lack
 * the atomic instruction, too, and never load such programs. */
#ifndef SLOTS_H
#define SLOTS_H

#include "../include/kernel.h"
#include <bpf/bpf_helpers.h>

#ifndef SEQUENCE_BY_CLAIMS
#define SLOTS 4

struct slots {
	__u32 taken[SLOTS];
};

#define SLOTS_MAP(name)                                                                            \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);                                           \
		__uint(max_entries, 1);                                                            \
		__type(key, __u32);                                                                \
		__type(value, struct slots);                                                       \
	} name SEC(".maps")

/* This CPU's places. */
static __always_inline struct slots *slots_of(void *map)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(map, &zero);
}

/* A free place, or SLOTS when there is none. */
static __always_inline __u32 slot_take(struct slots *slots)
{
	for (__u32 i = 0; i < SLOTS; i++)
		if (!__sync_lock_test_and_set(&slots->taken[i], 1))
			return i;
	return SLOTS;
}

static __always_inline void slot_give(struct slots *slots, __u32 slot)
{
	barrier();
	slots->taken[slot & (SLOTS - 1)] = 0;
}
#endif

#endif
