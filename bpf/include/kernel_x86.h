/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What differs between architectures, for x86-64. Included by kernel.h inside its relocation
 * pragma. */
#ifndef KERNEL_X86_H
#define KERNEL_X86_H

struct pt_regs {
	unsigned long r10, bx, cx, dx, si, di, ax, orig_ax;
};

struct thread_info {
	__u32 status;
};

/* The first form is for registers whose type the verifier knows. */
#define SYSCALL_NUMBER(regs) ((__u32)(regs)->orig_ax)
#define SYSCALL_NUMBER_READ(regs) ((__u32)BPF_CORE_READ(regs, orig_ax))

/* How the names of the functions of native calls begin, behind two underscores. */
#define SYSCALL_FUNCTION "x64_sys_"

/* Arguments of a native and of a 32-bit call. */
#define SYSCALL_ARGUMENT0(regs) BPF_CORE_READ(regs, di)
#define SYSCALL_ARGUMENT1(regs) BPF_CORE_READ(regs, si)
#define SYSCALL_ARGUMENT2(regs) BPF_CORE_READ(regs, dx)
#define SYSCALL_ARGUMENT3(regs) BPF_CORE_READ(regs, r10)
#define COMPAT_ARGUMENT0(regs) ((__u32)BPF_CORE_READ(regs, bx))
#define COMPAT_ARGUMENT1(regs) ((__u32)BPF_CORE_READ(regs, cx))
#define COMPAT_ARGUMENT2(regs) ((__u32)BPF_CORE_READ(regs, dx))
#define COMPAT_ARGUMENT3(regs) ((__u32)BPF_CORE_READ(regs, si))

/* What the call gives back, once that is known. */
#define SYSCALL_RESULT(regs) ((long)BPF_CORE_READ(regs, ax))

/* Whether the call is still being worked on: until it has a result, -ENOSYS stands for it. */
#define SYSCALL_RUNS(regs) ((long)BPF_CORE_READ(regs, ax) == -38)

/* Of the kernel's stack, where the kernel does not tell the registers' place. */
#define THREAD_SIZE 16384

/* TS_COMPAT: set from entry to exit of an int $0x80 call, also one of a 64-bit process. The first
 * form is for a task whose type the verifier knows. */
#define TASK_IS_COMPAT(task) ((task)->thread_info.status & 0x2)
#define TASK_IS_COMPAT_READ(task) (LOAD(task, thread_info.status) & 0x2)

enum {
	SYSCALL_X32_BIT = 0x40000000,

	SYSCALL_OPEN = 2,
	SYSCALL_CREAT = 85,
	SYSCALL_OPENAT = 257,
	SYSCALL_OPEN_BY_HANDLE_AT = 304,
	SYSCALL_OPENAT2 = 437,
	SYSCALL_IO_URING_ENTER = 426, /* the same for 32-bit calls */

	COMPAT_OPEN = 5,
	COMPAT_CREAT = 8,
	COMPAT_OPENAT = 295,
	COMPAT_OPEN_BY_HANDLE_AT = 342,
	COMPAT_OPENAT2 = 437,
};

#endif
