/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* The kernel's security check of an open: the report of a file that it has allowed. */
#ifndef OPEN_CHECKED_H
#define OPEN_CHECKED_H

#include "open.h"
#include "open_call.h"

/* The kernel's own opens of a program, which exec reports, and of what lies below an overlay's
 * file. */
static __always_inline bool is_kernels_own(struct file *file)
{
	return file->f_flags & FMODE_EXEC || file->f_mode & FMODE_NOACCOUNT;
}

static __always_inline bool uses_io_uring(struct task_struct *task)
{
	return bpf_core_field_exists(task->io_uring) && BPF_CORE_READ(task, io_uring);
}

/* An open by the current task, of a file that the filter lets through. */
static __always_inline void checked_report(struct scratch *scratch, struct file *file)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	__u32 flags = BPF_CORE_READ(task, flags);
	struct pt_regs *regs = entry_regs();
	bool compat = TASK_IS_COMPAT_READ(task);
	__u32 number = SYSCALL_NUMBER_READ(regs);
	enum open_call call = compat ? compat_call(number) : native_call(number);
	const void *name = 0;
	__u16 origin = 0;

	/* A request of io_uring is worked on by a thread of the kernel's, by the call that hands it
	 * in, or on the way out of any call. */
	if (flags & PF_IO_WORKER)
		origin = EDGE_ORIGIN_IO_URING;
	else if (flags & PF_KTHREAD)
		name = 0;
	else if (call && SYSCALL_RUNS(regs))
		name = name_of(regs, call, compat);
	else if (number == SYSCALL_IO_URING_ENTER || uses_io_uring(task))
		origin = EDGE_ORIGIN_IO_URING;
	/* io_uring first tries without waiting, by a flag of its own. */
	open_report(scratch, task, file, name, origin, origin ? O_DROPPED | O_NONBLOCK : O_DROPPED);
}

#endif
