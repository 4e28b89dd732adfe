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
SCRATCH_MAP(open_checked_scratch_2);
SCRATCH_MAP(open_checked_scratch_3);

/*
 * Where the kernel preempts tasks inside the kernel, it can take the CPU from a task in the middle
 * of this program, and leaves the program out for the tasks that run meanwhile: an open would be
 * hidden by another one of the same CPU, which can be had on purpose. So there are three of it,
 * each left out by itself, and the first that runs does the work. In what order they run is the
 * kernel's choice.
 */
enum copy {
	COPY_1 = 1 << 0,
	COPY_2 = 1 << 1,
	COPY_3 = 1 << 2,
};

/* Key: thread; value: what it opened last, and which copies know. */
struct opened {
	struct file *file;
	struct inode *inode;
	__u64 known_to;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u32);
	__type(value, struct opened);
} opened_by SEC(".maps");

/* A copy that knows the last open already is met by the next one. What is taken for the last one
 * though it is the next is an open of the same file by the same thread, after one that was
 * reported. */
static __always_inline bool is_done(struct file *file, enum copy copy)
{
	__u32 thread = bpf_get_current_pid_tgid();
	struct opened now = {file, BPF_CORE_READ(file, f_inode), copy};
	struct opened *last = bpf_map_lookup_elem(&opened_by, &thread);

	if (last && last->file == now.file && last->inode == now.inode &&
	    !(last->known_to & copy)) {
		last->known_to |= copy;
		return true;
	}
	bpf_map_update_elem(&opened_by, &thread, &now, BPF_ANY);
	return false;
}

static __always_inline bool uses_io_uring(struct task_struct *task)
{
	return bpf_core_field_exists(task->io_uring) && BPF_CORE_READ(task, io_uring);
}

static __always_inline void checked(struct file *file, int verdict, void *memory, enum copy copy)
{
	struct task_struct *task;
	struct pt_regs *regs;
	enum open_call call;
	const void *name = 0;
	__u32 number, flags;
	__u16 origin = 0;
	bool compat;

	/* The filter first: it sends nearly all away. */
	if (!watch_possible(file, true) || verdict)
		return;
	/* The kernel's own opens of a program, which exec reports, and of what lies below an
	 * overlay's file. */
	if (file->f_flags & FMODE_EXEC || file->f_mode & FMODE_NOACCOUNT || is_done(file, copy))
		return;

	task = (void *)bpf_get_current_task();
	flags = BPF_CORE_READ(task, flags);
	regs = entry_regs();
	compat = TASK_IS_COMPAT_READ(task);
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
	open_report(memory, task, file, name, origin, origin ? O_DROPPED | O_NONBLOCK : O_DROPPED);
}

SEC("fexit/security_file_open")
int BPF_PROG(on_file_open_checked, struct file *file, int verdict)
{
	checked(file, verdict, &open_checked_scratch, COPY_1);
	return 0;
}

SEC("fexit/security_file_open")
int BPF_PROG(on_file_open_checked_2, struct file *file, int verdict)
{
	checked(file, verdict, &open_checked_scratch_2, COPY_2);
	return 0;
}

SEC("fexit/security_file_open")
int BPF_PROG(on_file_open_checked_3, struct file *file, int verdict)
{
	checked(file, verdict, &open_checked_scratch_3, COPY_3);
	return 0;
}
