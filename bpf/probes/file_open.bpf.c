// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A watched file was opened. Looked at when the call returns: the file is the one the new
 * descriptor holds, whatever name was asked for, and the kernel has made the page resident that
 * holds the name. Three ways to hang at that place; one of them is loaded.
 */
#include "../lib/open.h"
#include "../lib/open_call.h"

SCRATCH_MAP(open_scratch);

/* Every system call of the host comes here: nearly all leave at once, before the task is looked at.
 */
static __always_inline bool is_open(__u32 number, long result)
{
	return result >= 0 && (native_call(number) || compat_call(number));
}

static __always_inline void call_returned(struct pt_regs *regs, __u32 number, long result)
{
	bool compat = current_is_compat();
	enum open_call call = compat ? compat_call(number) : native_call(number);
	struct file *file;

	if (!call)
		return;
	file = current_file(result);
	if (file && found_watch_possible(file))
		open_report(&open_scratch, (void *)bpf_get_current_task(), file,
			    name_of(regs, call, compat), 0, 0);
}

SEC("tp_btf/sys_exit")
int BPF_PROG(on_file_open, struct pt_regs *regs, long result)
{
	__u32 number = SYSCALL_NUMBER(regs);

	if (is_open(number, result))
		call_returned(regs, number, result);
	return 0;
}

SEC("raw_tp/sys_exit")
int BPF_PROG(on_file_open_raw, struct pt_regs *regs, long result)
{
	__u32 number = SYSCALL_NUMBER_READ(regs);

	if (is_open(number, result))
		call_returned(regs, number, result);
	return 0;
}

/* Not tracepoint/syscalls/sys_exit_openat and its like: those do not see 32-bit calls. */
SEC("tracepoint/raw_syscalls/sys_exit")
int on_file_open_trace(struct trace_event_raw_sys_exit *context)
{
	if (is_open(context->id, context->ret))
		call_returned(entry_regs(), context->id, context->ret);
	return 0;
}
