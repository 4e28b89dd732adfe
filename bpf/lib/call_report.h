/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* A system call that matters without an open or an exec: the report of it. */
#ifndef CALL_REPORT_H
#define CALL_REPORT_H

#include "call.h"
#include "open.h"
#include "words.h"

#define AT_FDCWD -100
#define O_WRONLY 01
#define O_TRUNC 01000

static __always_inline __u64 argument(struct pt_regs *regs, __u32 position, bool compat)
{
	switch (position) {
	case 0:
		return compat ? COMPAT_ARGUMENT0(regs) : SYSCALL_ARGUMENT0(regs);
	case 1:
		return compat ? COMPAT_ARGUMENT1(regs) : SYSCALL_ARGUMENT1(regs);
	case 2:
		return compat ? COMPAT_ARGUMENT2(regs) : SYSCALL_ARGUMENT2(regs);
	case 3:
		return compat ? COMPAT_ARGUMENT3(regs) : SYSCALL_ARGUMENT3(regs);
	}
	return 0;
}

/* Leaves out the arguments that are names, or descriptors of files and folders: what is left means
 * the same in every form of the call. */
static __always_inline void arguments_settle(struct scratch *scratch, struct edge_call *call,
					     __u32 shape)
{
	scratch->words = 0;
	for (__u32 i = 0; i < 4; i++) {
		__u64 value = call->arguments[i];

		call->arguments[i] = 0;
		if (i == SHAPE_FOLDER(shape) || i == SHAPE_FIRST(shape) ||
		    i == SHAPE_OTHER(shape) || i == SHAPE_OBJECT(shape) ||
		    (i == SHAPE_OTHER_FOLDER(shape) && SHAPE_CALL(shape) != EDGE_CALL_OPEN))
			continue;
		call->arguments[scratch->words & 3] = value;
		scratch->words++;
	}
}

/* What is left of an open are its flags. */
static __always_inline void open_flags_fill(struct edge_call *call, __u32 number, bool has_flags)
{
	__u64 flags = has_flags ? call->arguments[0] : O_CREAT | O_WRONLY | O_TRUNC;

	/* struct open_how, whose first member they are. */
	if (number == SYSCALL_OPENAT2 &&
	    bpf_probe_read_user(&flags, sizeof(flags), (void *)call->arguments[0]))
		flags = 0;
	call->arguments[0] = (__u32)flags;
	call->arguments[1] = 0;
	call->arguments[2] = 0;
	call->arguments[3] = 0;
}

/*
 * The next two are functions of their own to the verifier, which looks at each once and not at
 * every call of it. They return a length and, above LENGTH_BITS, enum edge_path_flag bits.
 */
#define LENGTH_BITS 16

__noinline int call_path_append(__u32 slot, __u64 dentry, __u64 mount)
{
	struct scratch *scratch = scratch_at(&call_scratch, slot);
	__u32 flags;

	if (!scratch)
		return 0;
	flags = path_walk(scratch, (struct dentry *)dentry, (struct vfsmount *)mount);
	return path_append(scratch) | flags << LENGTH_BITS;
}

/* Sets `matched` if the name may be of something watched, or is not there, or not all of it. */
__noinline int call_name_append(__u32 slot, __u64 name, __u32 from_user)
{
	struct scratch *scratch = scratch_at(&call_scratch, slot);
	__u16 length, flags = 0;
	char *tail;

	if (!scratch)
		return 0;
	tail = scratch_tail(scratch);
	length = asked_append(scratch, (void *)name, from_user, &flags);
	if (!length || flags)
		scratch->matched = 1;
	words_match(scratch, slot, tail, length);
	return length | (__u32)flags << LENGTH_BITS;
}

/* Appends the folder that a name without a leading '/' is relative to. */
static __always_inline __u16 folder_append(struct scratch *scratch, __u32 slot,
					   struct task_struct *task, __s32 fd, __u16 *flags)
{
	struct edge_inode_key key = {};
	struct path *path = &BPF_CORE_READ(task, fs)->pwd;
	struct dentry *dentry;
	int added;

	if (fd != AT_FDCWD)
		path = &file_of(task, fd)->f_path;
	dentry = BPF_CORE_READ(path, dentry);
	added = call_path_append(slot, (__u64)dentry, (__u64)BPF_CORE_READ(path, mnt));
	*flags |= added >> LENGTH_BITS & EDGE_PATH_TRUNCATED;
	inode_key_fill(&key, BPF_CORE_READ(dentry, d_inode));
	if (inode_bits(&key) & EDGE_WATCH_FOLDER)
		scratch->matched = 1;
	return added;
}

static __always_inline void name_append(struct scratch *scratch, __u32 slot,
					struct task_struct *task, __u64 name, bool from_user,
					__s32 folder, __u16 *name_length, __u16 *folder_length,
					__u16 *flags)
{
	char *tail = scratch_tail(scratch);
	int added = call_name_append(slot, name, from_user);

	*name_length = added;
	*flags |= added >> LENGTH_BITS;
	if (!*name_length || tail[0] != '/')
		*folder_length = folder_append(scratch, slot, task, folder, flags);
}

static __always_inline __s32 folder_fd(struct edge_call *call, __u32 position)
{
	return position == CALL_NONE ? AT_FDCWD : (__s32)call->arguments[position & 3];
}

/* A call on an open file: the object is known exactly. */
static __always_inline bool object_fill(struct scratch *scratch, __u32 slot, struct edge_call *call,
					struct file *file)
{
	int added;

	if (!file)
		return false;
	watch_match(&call->file, file, EDGE_WATCH_OPEN | EDGE_WATCH_EXEC | EDGE_WATCH_FOLDER);
	if (!call->file.watch && call->call < EDGE_CALL_MOUNT)
		return false;
	file_fill(&call->file, file, false);
	added = call_path_append(slot, (__u64)BPF_CORE_READ(file, f_path.dentry),
				 (__u64)BPF_CORE_READ(file, f_path.mnt));
	call->name_len = added;
	call->file.path_flags |= added >> LENGTH_BITS;
	return true;
}

/* A call on names, which lie in user memory or were copied by the kernel; true when it is to be
 * reported. */
static __always_inline bool names_fill(struct scratch *scratch, __u32 slot, struct edge_call *call,
				       struct task_struct *task, __u32 shape, bool from_user)
{
	call->file.path_flags = EDGE_PATH_UNVERIFIED;
	scratch->matched =
	    call->call >= EDGE_CALL_MOUNT ||
	    (call->call == EDGE_CALL_OPEN && (call->result == -EACCES || call->result == -EPERM));
	if (SHAPE_FIRST(shape) != CALL_NONE)
		name_append(scratch, slot, task, call->arguments[SHAPE_FIRST(shape) & 3], from_user,
			    folder_fd(call, SHAPE_FOLDER(shape)), &call->name_len,
			    &call->folder_len, &call->file.path_flags);
	if (SHAPE_OTHER(shape) != CALL_NONE)
		name_append(scratch, slot, task, call->arguments[SHAPE_OTHER(shape) & 3], from_user,
			    folder_fd(call, SHAPE_OTHER_FOLDER(shape)), &call->other_name_len,
			    &call->other_folder_len, &call->file.path_flags);
	return scratch->matched;
}

/* The agent's own calls are left out, but for the one by which it tests this probe. */
static __always_inline bool is_own(struct edge_call *call, struct task_struct *task)
{
	return call->call != EDGE_CALL_MEMFD_CREATE && is_agent(task);
}

/* A call that is told with this result: the report, if its arguments matter, too. */
static __always_inline void call_report(struct task_struct *task, struct pt_regs *regs,
					__u32 number, __u32 shape, long result, bool compat)
{
	struct scratch *scratch =
	    scratch_begin(&call_scratch, CALL_SLOT_RETURN, sizeof(struct edge_call));
	struct edge_call *call;

	if (!scratch)
		return;
	call = (struct edge_call *)scratch->record;
	call->call = SHAPE_CALL(shape);
	call->result = result;
	for (int i = 0; i < 4; i++)
		call->arguments[i] = argument(regs, i, compat);
	if (call->call == CALL_SOCKETCALL)
		socketcall_read(call);
	if (!is_rare(call) || is_own(call, task))
		return;
	if (SHAPE_OBJECT(shape) != CALL_NONE
		? !object_fill(scratch, CALL_SLOT_RETURN, call, file_of(task, call->arguments[0]))
		: !names_fill(scratch, CALL_SLOT_RETURN, call, task, shape, true))
		return;
	arguments_settle(scratch, call, shape);
	if (call->call == EDGE_CALL_OPEN)
		open_flags_fill(call, number, SHAPE_OTHER_FOLDER(shape) != CALL_NONE);
	task_fill(&call->task, task, false);
	scratch_output(scratch, EDGE_KIND_CALL, call->file.watch ? EDGE_LANE_HIGH : EDGE_LANE_BULK);
}

#endif
