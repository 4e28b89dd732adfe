/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The kernel is about to change a name or a file and asks its security modules: what it found then,
 * whatever name was asked for, is noted when it is watched. The program at the return of the call
 * tells it. The checks are those of paths, not of inodes: they know the mount, and are not asked
 * for what a file system does below another one.
 */
#ifndef CHANGE_H
#define CHANGE_H

#include "call_report.h"
#include "note.h"
#include "open_call.h"
#include "slots.h"

_Static_assert(EDGE_CALL_CHOWN - EDGE_CALL_RENAME + 2 == EDGE_FRESH_CHANGES, "one for each");

#define CHANGE_WATCH (EDGE_WATCH_OPEN | EDGE_WATCH_EXEC | EDGE_WATCH_FOLDER)

/* In place of a slot: take a free one. */
#define CALL_SLOT_ANY CALL_SLOTS

/* A change and the slot in which it is put together, in one argument; and whether it is the removal
 * of a folder. */
#define CHANGE(call, slot) ((__u64)(call) | (__u64)(slot) << 32)
#define CHANGE_OF_FOLDER ((__u64)1 << 16)

static __always_inline bool entry_possible(struct dentry *entry)
{
	struct inode *inode = LOAD(entry, d_inode);
	__u64 number = LOAD(inode, i_ino);
	__u32 found = filter_at(filter_agent.buckets, number);

	found |= filter_at(filter_learnt.buckets, number);
	return folders_possible(LOAD(entry, d_parent), false, WATCH_LEVELS, filter_agent.buckets,
				found);
}

/* A watched folder itself, or its name. */
static __always_inline __u32 folder_bits(struct dentry *dentry, struct inode *inode)
{
	struct edge_inode_key own = {}, folder = {};
	struct dentry *above = LOAD(dentry, d_parent);

	inode_key_fill(&own, inode);
	inode_key_fill(&folder, LOAD(above, d_inode));
	return (inode_bits(&own) | name_bits(dentry, &folder)) & EDGE_WATCH_FOLDER;
}

/* Looked at once by the verifier, as call_path_append. */
__noinline int change_match(__u32 slot, __u64 entry)
{
	struct scratch *scratch = scratch_at(&call_scratch, slot);
	struct dentry *dentry = (struct dentry *)entry;
	struct inode *inode = LOAD(dentry, d_inode);
	struct edge_call *call;

	if (!scratch)
		return 0;
	call = (struct edge_call *)scratch->record;
	entry_match(&call->file, dentry, inode, CHANGE_WATCH);
	call->file.watch |= folder_bits(dentry, inode);
	return 0;
}

/* The shape of the call that the current task is in, if it is for this change; else 0: another call
 * may do such a thing beside its own, and a request of io_uring is worked on in its stead. The
 * register of the result is not asked whether the call still runs: a tracer may have written there.
 */
static __always_inline __u32 running_shape(struct task_struct *task, struct pt_regs *regs,
					   bool compat, __u32 kind)
{
	__u32 number = SYSCALL_NUMBER_READ(regs) & ~SYSCALL_X32_BIT;
	union call_shapes shapes;
	__u32 shape;

	if (LOAD(task, flags) & (PF_IO_WORKER | PF_KTHREAD) || number >= CALL_NUMBERS)
		return 0;
	shapes = shapes_at(number);
	shape = compat ? shapes.compat : shapes.native;
	return SHAPE_CALL(shape) == kind ? shape : 0;
}

/* A link's text, which the kernel copied. It leads to what is not looked up now: the words say
 * whether it may be watched, and the agent decides. */
static __always_inline void text_match(struct scratch *scratch, __u32 slot)
{
	scratch->matched = 0;
	if (!scratch->text)
		return;
	call_name_append(slot, scratch->text, false);
	scratch->used = sizeof(struct edge_call);
}

/* Names as the kernel found them: the one that the call makes, removes or changes comes first. */
static __always_inline void names_append(struct scratch *scratch, __u32 slot)
{
	struct edge_call *call = (struct edge_call *)scratch->record;
	int added = call_path_append(slot, scratch->entry, scratch->mount);
	__u32 flags = added >> LENGTH_BITS;

	call->name_len = added;
	/* A name that is to be made is none that was removed. */
	if (scratch->other || scratch->text)
		flags &= ~EDGE_PATH_DELETED;
	call->file.path_flags |= flags;
	if (scratch->other) {
		added = call_path_append(slot, scratch->other, scratch->mount);
		call->file.path_flags |= added >> LENGTH_BITS & EDGE_PATH_TRUNCATED;
		call->other_name_len = added;
	} else if (scratch->text) {
		added = call_name_append(slot, scratch->text, false);
		call->file.path_flags |= added >> LENGTH_BITS;
		call->other_name_len = added;
	}
}

/* The scratch holds what the change is of. */
static __always_inline void change_note(struct scratch *scratch, __u32 slot, __u32 kind)
{
	struct edge_call *call = (struct edge_call *)scratch->record;
	struct task_struct *task = (void *)bpf_get_current_task();
	struct pt_regs *regs = entry_regs();
	bool compat = TASK_IS_COMPAT_READ(task);
	__u32 shape = running_shape(task, regs, compat, kind);
	struct dentry *object;
	struct inode *inode;

	if (!shape)
		return;
	record_begin(scratch, sizeof(*call));
	change_match(slot, scratch->entry);
	if (scratch->other)
		change_match(slot, scratch->other);
	text_match(scratch, slot);
	if ((!call->file.watch && !scratch->matched) || is_agent(task))
		return;
	object = (struct dentry *)(scratch->other ? scratch->other : scratch->entry);
	inode = LOAD(object, d_inode);
	if (inode)
		identity_fill(&call->file, inode, false);
	call->call = kind;
	for (int i = 0; i < 4; i++)
		call->arguments[i] = argument(regs, i, compat);
	arguments_settle(scratch, call, shape);
	names_append(scratch, slot);
	task_fill(&call->task, task, false);
	note_keep(scratch, task, regs);
}

static __always_inline void change_note_in(__u32 slot, __u32 kind, struct dentry *entry,
					   struct dentry *other, struct vfsmount *mount,
					   const char *text)
{
	struct scratch *scratch = scratch_at(&call_scratch, slot);

	if (!scratch)
		return;
	if (scratch->claimed) {
		record_lost(EDGE_KIND_CALL, EDGE_LANE_HIGH);
		return;
	}
	scratch->claimed = 1;
	scratch->entry = (__u64)entry;
	scratch->other = (__u64)other;
	scratch->mount = (__u64)mount;
	scratch->text = (__u64)text;
	change_note(scratch, slot, kind);
	scratch->claimed = 0;
}

/* By program: the agent tests each. */
static __always_inline void own_change_count(__u64 change)
{
	__u32 zero = 0, index = (__u16)change - EDGE_CALL_RENAME;
	__u32 *agent = bpf_map_lookup_elem(&agent_tgid, &zero);

	if (change & CHANGE_OF_FOLDER)
		index = EDGE_FRESH_CHANGES - 1;
	if (agent && *agent == bpf_get_current_pid_tgid() >> 32)
		__sync_fetch_and_add(&fresh.own_changes[index & (EDGE_FRESH_CHANGES - 1)], 1);
}

#ifdef SEQUENCE_BY_CLAIMS
static __always_inline void change_note_anywhere(__u32 kind, struct dentry *entry,
						 struct dentry *other, struct vfsmount *mount,
						 const char *text)
{
}
#else
SLOTS_MAP(change_slots);

/* In a slot that no interrupted run has. */
static __always_inline void change_note_anywhere(__u32 kind, struct dentry *entry,
						 struct dentry *other, struct vfsmount *mount,
						 const char *text)
{
	struct slots *slots = slots_of(&change_slots);
	__u32 slot;

	if (!slots)
		return;
	slot = slot_take(slots);
	if (slot >= SLOTS) {
		record_lost(EDGE_KIND_CALL, EDGE_LANE_HIGH);
		return;
	}
	change_note_in(CALL_SLOT_CHANGE + slot, kind, entry, other, mount, text);
	slot_give(slots, slot);
}
#endif

/*
 * `entry` has the name that the change is of, `other` the one that it comes from, `text` is what a
 * symbolic link is to say; what there is none of is null. Apart from the programs, so that it
 * stands once in each.
 */
static __noinline int change_seen(struct dentry *entry, struct dentry *other,
				  struct vfsmount *mount, __u64 change, const char *text)
{
	__u32 kind = (__u16)change, slot = change >> 32;

	own_change_count(change);
	if (!text && !entry_possible(entry) && (!other || !entry_possible(other)))
		return 0;
	if (slot == CALL_SLOT_ANY)
		change_note_anywhere(kind, entry, other, mount, text);
	else
		change_note_in(slot, kind, entry, other, mount, text);
	return 0;
}

#endif
