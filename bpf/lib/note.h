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
 * leave room for few at once; one that finds no place is counted as lost. */
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

/* Whether the task's root is that of the host's first process: elsewhere names are compared as text
 * with the watch lists, which says more than the files there do. */
static __always_inline bool has_hosts_root(struct task_struct *task)
{
	struct pid *id = LOAD(task, thread_pid);
	struct pid_namespace *first = LOAD(id, numbers[0].ns);
	struct task_struct *init = LOAD(first, child_reaper);
	struct fs_struct *fs = LOAD(task, fs), *of_init = LOAD(init, fs);

	return LOAD_ADDRESS(fs, root.dentry) == LOAD_ADDRESS(of_init, root.dentry);
}

/* A change that was made, of which the check has told nothing: whatever its names say now, it is
 * none of anything watched. What is cut off at a descriptor has a check of its own. */
static __always_inline bool is_known_unwatched(struct task_struct *task, __u32 shape, long result)
{
	if (result < 0)
		return false;
	if (SHAPE_OBJECT(shape) != CALL_NONE)
		return SHAPE_CALL(shape) != EDGE_CALL_TRUNCATE;
	return has_hosts_root(task);
}

#endif
