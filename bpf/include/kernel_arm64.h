/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What differs between architectures, for arm64. Included by kernel.h inside its relocation pragma.
 */
#ifndef KERNEL_ARM64_H
#define KERNEL_ARM64_H

struct pt_regs {
	__u64 regs[31];
	__u64 orig_x0;
	__s32 syscallno;
};

struct thread_info {
	unsigned long flags;
};

/* The first form is for registers whose type the verifier knows. */
#define SYSCALL_NUMBER(regs) ((__u32)(regs)->syscallno)
#define SYSCALL_NUMBER_READ(regs) ((__u32)BPF_CORE_READ(regs, syscallno))

/* How the names of the functions of native calls begin, behind two underscores. */
#define SYSCALL_FUNCTION "arm64_sys_"

/* Arguments of a native and of a 32-bit call; at exit x0 holds the result, so the first one is its
 * saved copy. */
#define SYSCALL_ARGUMENT0(regs) BPF_CORE_READ(regs, orig_x0)
#define SYSCALL_ARGUMENT1(regs) BPF_CORE_READ(regs, regs[1])
#define SYSCALL_ARGUMENT2(regs) BPF_CORE_READ(regs, regs[2])
#define SYSCALL_ARGUMENT3(regs) BPF_CORE_READ(regs, regs[3])
#define COMPAT_ARGUMENT0(regs) ((__u32)BPF_CORE_READ(regs, orig_x0))
#define COMPAT_ARGUMENT1(regs) ((__u32)BPF_CORE_READ(regs, regs[1]))
#define COMPAT_ARGUMENT2(regs) ((__u32)BPF_CORE_READ(regs, regs[2]))
#define COMPAT_ARGUMENT3(regs) ((__u32)BPF_CORE_READ(regs, regs[3]))

/* What the call gives back, once that is known. */
#define SYSCALL_RESULT(regs) ((long)BPF_CORE_READ(regs, regs[0]))

/* Whether the call is still being worked on: its first argument is not overwritten by its result.
 */
#define SYSCALL_RUNS(regs) (BPF_CORE_READ(regs, regs[0]) == BPF_CORE_READ(regs, orig_x0))

/* Of the kernel's stack, where the kernel does not tell the registers' place; with pages of 4 KiB.
 */
#define THREAD_SIZE 16384

/* TIF_32BIT: the process runs AArch32 code. The first form is for a task whose type the verifier
 * knows. */
#define TASK_IS_COMPAT(task) ((task)->thread_info.flags & (1 << 22))
#define TASK_IS_COMPAT_READ(task) (LOAD(task, thread_info.flags) & (1 << 22))

/* open and creat have no native number here: one no kernel knows stands for them (-1 means
 * "skipped"). */
enum {
	SYSCALL_X32_BIT = 0,

	SYSCALL_OPEN = -2,
	SYSCALL_CREAT = -3,
	SYSCALL_OPENAT = 56,
	SYSCALL_OPEN_BY_HANDLE_AT = 265,
	SYSCALL_OPENAT2 = 437,
	SYSCALL_IO_URING_ENTER = 426, /* the same for 32-bit calls */

	COMPAT_OPEN = 5,
	COMPAT_CREAT = 8,
	COMPAT_OPENAT = 322,
	COMPAT_OPEN_BY_HANDLE_AT = 371,
	COMPAT_OPENAT2 = 437,
};

#endif
