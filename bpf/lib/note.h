/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * What the kernel's own check of a change saw, kept by thread until the call returns with its
 * result. The names in user memory may say something else by then: another thread can write there.
 */
#ifndef NOTE_H
#define NOTE_H

#include "call.h"
#include "ring.h"

/* Of watched things only. The locks that the kernel holds from the check to the end of a change
 * leave room for few at once; one that finds no place is counted as lost, and its names tell. */
#define NOTES_MAX 64

struct call_record {
	char bytes[RECORD_MAX];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, NOTES_MAX);
	__type(key, __u32); /* thread */
	__type(value, struct call_record);
} change_notes SEC(".maps");

/* Keeps the record of the scratch. */
static __always_inline void note_keep(struct scratch *scratch)
{
	struct edge_call *call = (struct edge_call *)scratch->record;
	__u32 thread = bpf_get_current_pid_tgid();

	call->header.size = scratch->used & RECORD_MASK;
	if (bpf_map_update_elem(&change_notes, &thread, scratch->record, BPF_ANY))
		record_lost(EDGE_KIND_CALL, EDGE_LANE_HIGH);
}

/* The call returned: its note is told if there is one and the result is to be told. False = there
 * is none. */
static __always_inline bool note_take(__u32 shape, long result, bool is_told)
{
	__u32 thread = bpf_get_current_pid_tgid();
	struct call_record *note = bpf_map_lookup_elem(&change_notes, &thread);
	struct edge_call *call;
	bool is_of_this;

	if (!note)
		return false;
	call = (struct edge_call *)note->bytes;
	is_of_this = call->call == SHAPE_CALL(shape);
	call->result = result;
	if (is_of_this && is_told)
		record_output(call, call->header.size & RECORD_MASK, EDGE_KIND_CALL,
			      call->file.watch ? EDGE_LANE_HIGH : EDGE_LANE_BULK);
	bpf_map_delete_elem(&change_notes, &thread);
	return is_of_this;
}

#endif
