// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A watched file was opened. Looked at when the call returns: the file is the one the new
 * descriptor holds, whatever name was asked for, and the kernel has made the page resident that
 * holds the name.
 */
#include "../lib/open.h"
#include <bpf/bpf_tracing.h>

SCRATCH_MAP(open_scratch);

/* The position of the name among the call's arguments. */
enum open_call {
	NOT_OPEN,
	NAME_FIRST,
	NAME_SECOND,
	NAME_NONE,
};

static __always_inline enum open_call native_call(__u32 number)
{
	switch (number & ~SYSCALL_X32_BIT) {
	case SYSCALL_OPENAT:
	case SYSCALL_OPENAT2:
		return NAME_SECOND;
	case SYSCALL_OPEN:
	case SYSCALL_CREAT:
		return NAME_FIRST;
	case SYSCALL_OPEN_BY_HANDLE_AT:
		return NAME_NONE;
	}
	return NOT_OPEN;
}

static __always_inline enum open_call compat_call(__u32 number)
{
	switch (number) {
	case COMPAT_OPENAT:
	case COMPAT_OPENAT2:
		return NAME_SECOND;
	case COMPAT_OPEN:
	case COMPAT_CREAT:
		return NAME_FIRST;
	case COMPAT_OPEN_BY_HANDLE_AT:
		return NAME_NONE;
	}
	return NOT_OPEN;
}

/* Null for a call without a name. */
static __always_inline const void *name_of(struct pt_regs *regs, enum open_call call, bool compat)
{
	unsigned long name = 0;

	if (call == NAME_FIRST)
		name = compat ? COMPAT_ARGUMENT0(regs) : SYSCALL_ARGUMENT0(regs);
	else if (call == NAME_SECOND)
		name = compat ? COMPAT_ARGUMENT1(regs) : SYSCALL_ARGUMENT1(regs);
	return (const void *)name;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(on_file_open, struct pt_regs *regs, long result)
{
	__u32 number = SYSCALL_NUMBER(regs);
	struct task_struct *task;
	enum open_call call;
	struct file *file;
	bool compat;

	/* Every system call of the host comes here: nearly all leave at once, before the task is
	 * looked at. */
	if (result < 0 || (!native_call(number) && !compat_call(number)))
		return 0;
	task = (void *)bpf_get_current_task();
	compat = TASK_IS_COMPAT(task);
	call = compat ? compat_call(number) : native_call(number);
	if (!call)
		return 0;
	file = file_of(task, result);
	if (file && watch_possible(file))
		open_report(&open_scratch, task, file, name_of(regs, call, compat), 0);
	return 0;
}
