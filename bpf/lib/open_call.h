/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* The system calls that open files, and where the name stands among their arguments. */
#ifndef OPEN_CALL_H
#define OPEN_CALL_H

#include "maps.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

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

/* The registers with which the current task entered the kernel. */
static __always_inline struct pt_regs *entry_regs(void)
{
	/* From 5.15 on the kernel tells. Before, they always end where the stack does. */
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_task_pt_regs))
		return (void *)bpf_task_pt_regs(bpf_get_current_task_btf());
	return BPF_CORE_READ((struct task_struct *)bpf_get_current_task(), stack) + THREAD_SIZE -
	       bpf_core_type_size(struct pt_regs);
}

#endif
