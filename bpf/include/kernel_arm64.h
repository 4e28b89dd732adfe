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

#define SYSCALL_NUMBER(regs) ((__u32)(regs)->syscallno)

/* Arguments of a native and of a 32-bit call; at exit x0 holds the result, so the first one is its
 * saved copy. */
#define SYSCALL_ARGUMENT0(regs) ((regs)->orig_x0)
#define SYSCALL_ARGUMENT1(regs) ((regs)->regs[1])
#define SYSCALL_ARGUMENT2(regs) ((regs)->regs[2])
#define SYSCALL_ARGUMENT3(regs) ((regs)->regs[3])
#define COMPAT_ARGUMENT0(regs) ((__u32)(regs)->orig_x0)
#define COMPAT_ARGUMENT1(regs) ((__u32)(regs)->regs[1])
#define COMPAT_ARGUMENT2(regs) ((__u32)(regs)->regs[2])
#define COMPAT_ARGUMENT3(regs) ((__u32)(regs)->regs[3])

/* TIF_32BIT: the process runs AArch32 code. */
#define TASK_IS_COMPAT(task) (BPF_CORE_READ(task, thread_info.flags) & (1 << 22))

/* open and creat have no native number here: one no kernel knows stands for them (-1 means
 * "skipped"). */
enum {
	SYSCALL_X32_BIT = 0,

	SYSCALL_OPEN = -2,
	SYSCALL_CREAT = -3,
	SYSCALL_OPENAT = 56,
	SYSCALL_OPEN_BY_HANDLE_AT = 265,
	SYSCALL_OPENAT2 = 437,

	COMPAT_OPEN = 5,
	COMPAT_CREAT = 8,
	COMPAT_OPENAT = 322,
	COMPAT_OPEN_BY_HANDLE_AT = 371,
	COMPAT_OPENAT2 = 437,
};

#endif
