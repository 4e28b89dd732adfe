// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A system call returned. It opened a watched file: the file is the one the new descriptor holds,
 * whatever name was asked for, and the kernel has made the page resident that holds the name. Or it
 * matters otherwise: a watched name is changed, an open is denied, a module or a BPF program is
 * loaded, another process is taken over. One program shows both, or the one that is wanted; there
 * are three ways to hang at that place, and one to hang at the calls that matter only.
 */
#include "../lib/call_report.h"
#include "../lib/note.h"
#include "../lib/open_call.h"
#include "../include/edge_return.h"

SCRATCH_MAP(open_scratch);

const volatile struct edge_returns shows SEC(EDGE_RETURNS) = {};

/* The reports are functions of their own, and find out anew what the call was: what nearly every
 * call runs through needs no stack then and keeps no registers for them. What comes before them is
 * none: each open would pay for the call and, where the processor makes returns costly, more for
 * the way back. */
static __noinline int opened(struct file *file)
{
	struct task_struct *task = current_task();
	struct pt_regs *regs = entry_regs();
	bool compat = current_is_compat(task);
	__u32 number = SYSCALL_NUMBER_READ(regs);
	enum open_call call = compat ? compat_call(number) : native_call(number);

	open_report(scratch_at(&open_scratch, 0), task, file, name_of(regs, call, compat), 0, 0);
	return 0;
}

/* Of a change that the kernel's check tells of, that is what is told. Of others the names tell: the
 * check says nothing of what is not watched, but neither does one that was kept from being asked.
 */
static __noinline int told(__u32 shape, long result)
{
	struct task_struct *task = current_task();
	struct pt_regs *regs = entry_regs();
	bool is_wanted = is_told(shape, result);
	struct scratch *scratch = scratch_at(&call_scratch, CALL_SLOT_RETURN);

	if (shows.noted & 1U << (SHAPE_CALL(shape) & 31) &&
	    note_take(task, regs, shape, result, is_wanted))
		return 0;
	if (!is_wanted || !scratch)
		return 0;
	if (scratch->claimed) {
		record_lost(EDGE_KIND_CALL, EDGE_LANE_HIGH);
		return 0;
	}
	scratch->claimed = 1;
	call_report(task, regs, SYSCALL_NUMBER_READ(regs) & ~SYSCALL_X32_BIT, shape, result,
		    current_is_compat(task));
	scratch->claimed = 0;
	return 0;
}

/* A call of a number that matters, in one of the two tables. */
static __always_inline int matters(__u64 both, long result, const volatile __u32 *shows)
{
	union call_shapes shapes = {.both = both};
	struct task_struct *task = current_task();
	__u32 shape = current_is_compat(task) ? shapes.compat : shapes.native;
	struct file *file;

	if (is_open(shape) && result >= 0) {
		if (!(*shows & EDGE_RETURN_OPENS))
			return 0;
		file = current_file(task, result);
		if (file && found_watch_possible(file))
			opened(file);
	} else if (*shows & EDGE_RETURN_CALLS && (is_change(shape) || is_told(shape, result))) {
		told(shape, result);
	}
	return 0;
}

/* Every system call of the host comes here. Nearly all leave before the task is looked at: their
 * number is that of no call that matters, in neither table. */
static __always_inline void returned(__u32 number, long result, const volatile __u32 *shows)
{
	union call_shapes shapes;

	number &= ~SYSCALL_X32_BIT;
	if (number >= CALL_NUMBERS)
		return;
	shapes = shapes_at(number);
	if (shapes.both)
		matters(shapes.both, result, shows);
}

SEC("tp_btf/sys_exit")
int BPF_PROG(on_return, struct pt_regs *regs, long result)
{
	returned(SYSCALL_NUMBER(regs), result, &shows.on_return);
	return 0;
}

SEC("raw_tp/sys_exit")
int BPF_PROG(on_return_raw, struct pt_regs *regs, long result)
{
	returned(SYSCALL_NUMBER_READ(regs), result, &shows.on_return_raw);
	return 0;
}

/* Not tracepoint/syscalls/sys_exit_openat and its like: those do not see 32-bit calls. */
SEC("tracepoint/raw_syscalls/sys_exit")
int on_return_trace(struct trace_event_raw_sys_exit *context)
{
	returned(context->id, context->ret, &shows.on_return_trace);
	return 0;
}

/*
 * The calls that matter have functions, at each of which hangs a program of the agent's that jumps
 * to one of these two, through index 0 of their maps (../call-functions.txt, with no argument but
 * the registers). Two, because a jump is only from and to functions of the same arguments, and
 * those of calls that a kernel may be built without are described by another name, or by none that
 * can be looked into. The agent sets what they are loaded for.
 */
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} call_returns SEC(".maps")
, optional_returns SEC(".maps");

static __always_inline int function_returned(unsigned long long *ctx)
{
	returned(SYSCALL_NUMBER_READ(entry_regs()), ctx[1], &shows.on_call_return);
	return 0;
}

SEC("fexit/__" SYSCALL_FUNCTION "renameat2")
int on_call_return(unsigned long long *ctx)
{
	return function_returned(ctx);
}

SEC("fexit/__" SYSCALL_FUNCTION "memfd_create")
int on_optional_return(unsigned long long *ctx)
{
	return function_returned(ctx);
}

/* A filter of seccomp answered a call in place of its function, which was then not called. */
SEC("fexit/__secure_computing")
int BPF_PROG(on_call_answered, const void *data, int verdict)
{
	struct pt_regs *regs;
	long result;

#ifndef FIELDS_BY_COPIES
	/* From 6.15 on the function has no argument, and its result another place. */
	__u64 value = 0;

	bpf_get_func_ret(ctx, &value);
	verdict = value;
#endif
	if (verdict != -1)
		return 0;
	regs = entry_regs();
	result = SYSCALL_RESULT(regs);
	/* Of a 32-bit call, arm64 keeps the lower half only. */
	if (current_is_compat(current_task()))
		result = (__s32)result;
	returned(SYSCALL_NUMBER_READ(regs), result, &shows.on_call_return);
	return 0;
}
