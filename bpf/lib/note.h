/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * What the kernel's own check of a change saw, kept by thread until the call returns with its
 * result. The names in user memory may say something else by then: another thread can write there.
 */
#ifndef NOTE_H
#define NOTE_H

#include "call.h"
#include "ring.h"
#include "../include/edge_return.h"

/* Of watched things only. The locks that the kernel holds from the check to the end of a change
 * leave room for few at once; one that finds no place is counted as lost, and its names tell. */
#define NOTES_MAX 64

struct note {
	char record[RECORD_MAX];
	__u64 stamp;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, NOTES_MAX);
	__type(key, __u32); /* thread */
	__type(value, struct note);
} change_notes SEC(".maps");

/* probes/returns.bpf.c. */
extern const volatile struct edge_returns shows;

/* Of one call of one thread: the kernel may have left out the program that was to take up the note
 * of an earlier one, or of an earlier thread with this number. Nobody can change these registers
 * while the call is worked on. */
static __always_inline __u64 note_stamp(struct task_struct *task, struct pt_regs *regs)
{
	__u64 stamp = LOAD(task, start_boottime);

	stamp = stamp * 31 + SYSCALL_ARGUMENT0(regs);
	stamp = stamp * 31 + SYSCALL_ARGUMENT1(regs);
	return stamp * 31 + SYSCALL_ARGUMENT2(regs);
}

/* Keeps the record of the scratch, behind which there is room. */
static __always_inline void note_keep(struct scratch *scratch, struct task_struct *task,
				      struct pt_regs *regs)
{
	struct edge_call *call = (struct edge_call *)scratch->record;
	__u32 thread = bpf_get_current_pid_tgid();

	call->header.size = scratch->used & RECORD_MASK;
	((struct note *)scratch->record)->stamp = note_stamp(task, regs);
	if (bpf_map_update_elem(&change_notes, &thread, scratch->record, BPF_ANY))
		record_lost(EDGE_KIND_CALL, EDGE_LANE_HIGH);
}

/* The call returned: its note is told if there is one and the result is to be told. False = there
 * is none. How the call of another note ended is not known. */
static __always_inline bool note_take(struct task_struct *task, struct pt_regs *regs, __u32 shape,
				      long result, bool is_told)
{
	__u32 thread = bpf_get_current_pid_tgid();
	struct note *note = bpf_map_lookup_elem(&change_notes, &thread);
	struct edge_call *call;
	bool is_of_this;

	if (!note)
		return false;
	call = (struct edge_call *)note->record;
	is_of_this = call->call == SHAPE_CALL(shape) && note->stamp == note_stamp(task, regs);
	call->result = result;
	if (!is_of_this)
		record_lost(EDGE_KIND_CALL, EDGE_LANE_HIGH);
	else if (is_told)
		record_output(call, call->header.size & RECORD_MASK, EDGE_KIND_CALL,
			      call->file.watch ? EDGE_LANE_HIGH : EDGE_LANE_BULK);
	bpf_map_delete_elem(&change_notes, &thread);
	return is_of_this;
}

/* The thread ends, and with it what none took up. */
static __always_inline void note_drop(void)
{
	__u32 thread = bpf_get_current_pid_tgid();

	if (!shows.noted || !bpf_map_lookup_elem(&change_notes, &thread))
		return;
	bpf_map_delete_elem(&change_notes, &thread);
	record_lost(EDGE_KIND_CALL, EDGE_LANE_HIGH);
}

#endif
