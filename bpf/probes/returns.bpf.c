// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A system call returned. It opened a watched file: the file is the one the new descriptor holds,
 * whatever name was asked for, and the kernel has made the page resident that holds the name. Or it
 * matters otherwise: a watched name is changed, an open is denied, a module or a BPF program is
 * loaded, another process is taken over. One program shows both, or the one that is wanted; there
 * are three ways to hang at that place.
 */
#include "../lib/call_report.h"
#include "../lib/open_call.h"
#include "../include/edge_return.h"

SCRATCH_MAP(open_scratch);

const volatile struct edge_returns shows SEC(EDGE_RETURNS) = {};

static __always_inline void opened(struct task_struct *task, struct pt_regs *regs, __u32 number,
				   __u32 fd, bool compat)
{
	struct file *file = current_file(task, fd);

	if (file && found_watch_possible(file))
		open_report(
		    &open_scratch, task, file,
		    name_of(regs, compat ? compat_call(number) : native_call(number), compat), 0,
		    0);
}

/* Every system call of the host comes here. Nearly all leave before the task is looked at: their
 * number is that of no call that matters, in neither table. */
static __always_inline void returned(struct pt_regs *regs, __u32 number, long result,
				     const volatile __u32 *shows)
{
	struct task_struct *task;
	union call_shapes shapes;
	__u32 shape;
	bool compat;

	number &= ~SYSCALL_X32_BIT;
	if (number >= CALL_NUMBERS)
		return;
	shapes = shapes_at(number);
	if (!shapes.both)
		return;
	task = current_task();
	compat = current_is_compat(task);
	shape = compat ? shapes.compat : shapes.native;
	if (is_open(shape) && result >= 0) {
		if (*shows & EDGE_RETURN_OPENS)
			opened(task, regs, number, result, compat);
	} else if (*shows & EDGE_RETURN_CALLS && is_told(shape, result)) {
		call_report(task, regs, number, shape, result, compat);
	}
}

SEC("tp_btf/sys_exit")
int BPF_PROG(on_return, struct pt_regs *regs, long result)
{
	returned(regs, SYSCALL_NUMBER(regs), result, &shows.on_return);
	return 0;
}

SEC("raw_tp/sys_exit")
int BPF_PROG(on_return_raw, struct pt_regs *regs, long result)
{
	returned(regs, SYSCALL_NUMBER_READ(regs), result, &shows.on_return_raw);
	return 0;
}

/* Not tracepoint/syscalls/sys_exit_openat and its like: those do not see 32-bit calls. */
SEC("tracepoint/raw_syscalls/sys_exit")
int on_return_trace(struct trace_event_raw_sys_exit *context)
{
	returned(entry_regs(), context->id, context->ret, &shows.on_return_trace);
	return 0;
}
