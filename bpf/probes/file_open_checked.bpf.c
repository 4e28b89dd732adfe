// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A watched file was opened. Looked at when the kernel's security check has allowed it: every way
 * to open a file passes there, io_uring too, no other call of the host pays for it, and the file is
 * the argument, not what a descriptor holds a moment later. What the check does not see is O_PATH,
 * which gives no access.
 */
#include "../lib/open.h"
#include "../lib/open_call.h"

SCRATCH_MAP(open_checked_scratch);

static __always_inline bool uses_io_uring(struct task_struct *task)
{
	return bpf_core_field_exists(task->io_uring) && BPF_CORE_READ(task, io_uring);
}

SEC("fexit/security_file_open")
int BPF_PROG(on_file_open_checked, struct file *file, int verdict)
{
	struct task_struct *task;
	struct pt_regs *regs;
	enum open_call call;
	const void *name = 0;
	__u32 number, flags;
	__u16 origin = 0;
	bool compat;

	/* The kernel's own opens of a program, which exec reports, and of what lies below an
	 * overlay's file. */
	if (verdict || file->f_flags & FMODE_EXEC || file->f_mode & FMODE_NOACCOUNT)
		return 0;
	if (!watch_possible(file, true))
		return 0;

	task = (void *)bpf_get_current_task();
	flags = BPF_CORE_READ(task, flags);
	regs = entry_regs();
	compat = TASK_IS_COMPAT(task);
	number = SYSCALL_NUMBER_READ(regs);
	call = compat ? compat_call(number) : native_call(number);
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
	open_report(&open_checked_scratch, task, file, name, origin,
		    origin ? O_DROPPED | O_NONBLOCK : O_DROPPED);
	return 0;
}
