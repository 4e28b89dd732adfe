/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Numbering records, handing them to a ring, counting those that find no space. */
#ifndef RING_H
#define RING_H

#include "scratch.h"
#include "task.h"

#define SEQUENCE_TRIES 64

#ifdef SEQUENCE_BY_CLAIMS
/*
 * For kernels without an atomic add that returns the old value, which refuse a program that holds
 * one anywhere; tracing programs may not lock there, either. Each caller first adds one to the
 * counter, so that there are as many numbers as callers, and then takes the highest number that
 * nobody has put into the map yet. The counter never goes back, and the tries are bounded by the
 * CPUs that contend. 0 is no number: the agent rejects the record and finds the number missing.
 */
static __always_inline __u64 sequence_next(struct edge_lane_state *state, __u32 lane)
{
	__u64 number;
	__u8 taken = 1;

	__sync_fetch_and_add(&state->next_sequence, 1);
	number = *(volatile __u64 *)&state->next_sequence;
	for (int i = 0; i < SEQUENCE_TRIES; i++, number--) {
		__u64 key = number | (__u64)lane << 63;

		if (!bpf_map_update_elem(&sequence_claims, &key, &taken, BPF_NOEXIST))
			return number;
	}
	return 0;
}
#else
static __always_inline __u64 sequence_next(struct edge_lane_state *state, __u32 lane)
{
	return __sync_fetch_and_add(&state->next_sequence, 1) + 1;
}
#endif

/* Short records after which the bulk ring is looked at: half of the smallest ring. Long ones look
 * each time. */
#define LOOK_EVERY 64
#define SHORT_RECORD 512

/*
 * A record may rest unread in the bulk ring until an eighth of the ring is full or the agent's poll
 * times out. A call that finds the ring empty wakes the agent: it holds names, which are looked up
 * while their process is there.
 */
static __always_inline __u64 bulk_wakeup(struct edge_header *header)
{
	__u64 waiting, size;

	if (header->kind != EDGE_KIND_CALL && header->sequence % LOOK_EVERY &&
	    header->size < SHORT_RECORD)
		return BPF_RB_NO_WAKEUP;
	waiting = bpf_ringbuf_query(&ring_bulk, BPF_RB_AVAIL_DATA);
	size = bpf_ringbuf_query(&ring_bulk, BPF_RB_RING_SIZE);
	if (header->kind == EDGE_KIND_CALL && !waiting)
		return BPF_RB_FORCE_WAKEUP;
	return waiting >= size / 8 ? BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP;
}

/* The number is taken before the stamp, always: the agent concludes from the last number given that
 * nothing stamped before can have a later one. What the caller knows of the origin stands already.
 */
static __always_inline void header_fill(struct edge_header *header, __u32 kind, __u32 lane,
					__u32 size, __u64 sequence)
{
	header->version = EDGE_EVENT_VERSION;
	header->kind = kind;
	header->size = size;
	header->boot_ns = bpf_ktime_get_boot_ns();
	header->sequence = sequence;
	header->cpu = bpf_get_smp_processor_id();
	header->lane = lane;
	header->origin |= current_is_compat(current_task()) ? EDGE_ORIGIN_COMPAT32 : 0;
}

/* Space for a record of fixed size in the bulk ring with its header filled, or null with the loss
 * counted. */
static __always_inline void *bulk_reserve(__u32 kind, __u32 size)
{
	__u32 lane = EDGE_LANE_BULK;
	struct edge_lane_state *state = bpf_map_lookup_elem(&lane_state, &lane);
	struct edge_header *header;
	__u64 sequence;

	if (!state)
		return 0;
	sequence = sequence_next(state, lane);
	header = bpf_ringbuf_reserve(&ring_bulk, size, 0);
	if (!header) {
		__sync_fetch_and_add(&state->lost[kind], 1);
		return 0;
	}
	header->origin = 0;
	header_fill(header, kind, lane, size, sequence);
	return header;
}

static __always_inline void bulk_submit(void *record)
{
	bpf_ringbuf_submit(record, bulk_wakeup(record));
}

/* Counts a record as lost that could not be put together: its number is missed, too. */
static __always_inline void record_lost(__u32 kind, __u32 lane)
{
	struct edge_lane_state *state = bpf_map_lookup_elem(&lane_state, &lane);

	if (!state)
		return;
	sequence_next(state, lane);
	__sync_fetch_and_add(&state->lost[kind], 1);
}

/* Fills the header of a record and writes the record to its lane's ring, or counts the loss. */
static __always_inline void record_output(void *record, __u32 size, __u32 kind, __u32 lane)
{
	struct edge_lane_state *state = bpf_map_lookup_elem(&lane_state, &lane);
	long error;

	if (!state)
		return;
	header_fill(record, kind, lane, size, sequence_next(state, lane));
	/* Always: by itself the kernel wakes only a reader that has given back all it read. */
	if (lane == EDGE_LANE_HIGH)
		error = bpf_ringbuf_output(&ring_high, record, size, BPF_RB_FORCE_WAKEUP);
	else
		error = bpf_ringbuf_output(&ring_bulk, record, size, bulk_wakeup(record));
	if (error)
		__sync_fetch_and_add(&state->lost[kind], 1);
}

/* The same for the record in the scratch. */
static __always_inline void scratch_output(struct scratch *scratch, __u32 kind, __u32 lane)
{
	record_output(scratch->record, scratch->used & RECORD_MASK, kind, lane);
}

#endif
