// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A watched file was opened. Looked at when the kernel's security check has allowed it: every way
 * to open a file passes there, io_uring too, no other call of the host pays for it, and the file is
 * the argument, not what a descriptor holds a moment later. What the check does not see is O_PATH,
 * which gives no access.
 */
#include "../lib/open_checked.h"

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

/* The arguments of the kernel's function and its result, of which the lower half is meant. */
struct checked {
	struct file *file;
	long verdict;
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

/* What may be watched, which is little: apart, so that the programs need no stack and keep no
 * registers for all the rest. Whether the open was allowed is asked of that little only, too. */
static __noinline int checked_passed(struct checked *context, void *memory, enum copy copy,
				     __u64 found)
{
	struct file *file = context->file;

	if ((int)context->verdict || (!found && !watch_possible_further(file, true)))
		return 0;
	if (!is_kernels_own(file) && !is_done(file, copy))
		checked_report(scratch_at(memory, 0), file);
	return 0;
}

static __always_inline int checked(struct checked *context, void *memory, enum copy copy)
{
	__u64 found = watch_possible_near(context->file, true);

	if (folders_are_fresh() | found)
		checked_passed(context, memory, copy, found);
	return 0;
}

SEC("fexit/security_file_open")
int on_file_open_checked(struct checked *context)
{
	return checked(context, &open_checked_scratch, COPY_1);
}

SEC("fexit/security_file_open")
int on_file_open_checked_2(struct checked *context)
{
	return checked(context, &open_checked_scratch_2, COPY_2);
}

SEC("fexit/security_file_open")
int on_file_open_checked_3(struct checked *context)
{
	return checked(context, &open_checked_scratch_3, COPY_3);
}
