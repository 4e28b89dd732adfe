/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Which system calls are reported besides opens and execs, and where their arguments are. Numbers:
 * arch/x86/entry/syscalls/syscall_64.tbl and syscall_32.tbl, include/uapi/asm-generic/unistd.h.
 */
#ifndef EDGE_CALL_H
#define EDGE_CALL_H

#define CALL_NUMBERS 512

/* Positions of arguments in a shape, four bits each; nothing there = CALL_NONE. */
#define CALL_NONE 0xf

/* In place of an enum edge_call_kind: its arguments say what the call is. */
#define CALL_SOCKETCALL 0xff

/*
 * A shape: enum edge_call_kind, then the positions of the folder's descriptor and of the name,
 * twice, then that of a descriptor of the object itself.
 */
#define SHAPE(call, folder, name, other_folder, other_name, fd)                                    \
	((__u32)(call) | (folder) << 8 | (name) << 12 | (other_folder) << 16 |                     \
	 (other_name) << 20 | (__u32)(fd) << 24)

#define SHAPE_PLAIN(call) SHAPE(call, CALL_NONE, CALL_NONE, CALL_NONE, CALL_NONE, CALL_NONE)
#define SHAPE_NAME(call, name) SHAPE(call, CALL_NONE, name, CALL_NONE, CALL_NONE, CALL_NONE)
#define SHAPE_AT(call, folder, name) SHAPE(call, folder, name, CALL_NONE, CALL_NONE, CALL_NONE)
#define SHAPE_NAMES(call, name, other) SHAPE(call, CALL_NONE, name, CALL_NONE, other, CALL_NONE)
/* Of an open, the other folder's position is that of the flags; creat has none. */
#define SHAPE_OPEN(folder, name, flags)                                                            \
	SHAPE(EDGE_CALL_OPEN, folder, name, flags, CALL_NONE, CALL_NONE)
#define SHAPE_FD(call, fd) SHAPE(call, CALL_NONE, CALL_NONE, CALL_NONE, CALL_NONE, fd)

#define SHAPE_CALL(shape) ((shape)&0xff)
#define SHAPE_FOLDER(shape) ((shape) >> 8 & 0xf)
#define SHAPE_FIRST(shape) ((shape) >> 12 & 0xf)
#define SHAPE_OTHER_FOLDER(shape) ((shape) >> 16 & 0xf)
#define SHAPE_OTHER(shape) ((shape) >> 20 & 0xf)
#define SHAPE_OBJECT(shape) ((shape) >> 24 & 0xf)

/* The same position in every architecture's call. The name that the call makes comes first. */
#define SHAPE_RENAMEAT SHAPE(EDGE_CALL_RENAME, 2, 3, 0, 1, CALL_NONE)
#define SHAPE_LINKAT SHAPE(EDGE_CALL_LINK, 2, 3, 0, 1, CALL_NONE)
#define SHAPE_SYMLINKAT SHAPE(EDGE_CALL_SYMLINK, 1, 2, CALL_NONE, 0, CALL_NONE)
#define SHAPE_MOVE_MOUNT SHAPE(EDGE_CALL_MOUNT, 2, 3, 0, 1, CALL_NONE)

static const __u32 native_shapes[CALL_NUMBERS] = {
#if defined(__TARGET_ARCH_x86)
    [2] = SHAPE_OPEN(CALL_NONE, 0, 1),		     /* open */
    [85] = SHAPE_OPEN(CALL_NONE, 0, CALL_NONE),	     /* creat */
    [257] = SHAPE_OPEN(0, 1, 2),		     /* openat */
    [82] = SHAPE_NAMES(EDGE_CALL_RENAME, 1, 0),	     /* rename */
    [264] = SHAPE_RENAMEAT,			     /* renameat */
    [316] = SHAPE_RENAMEAT,			     /* renameat2 */
    [86] = SHAPE_NAMES(EDGE_CALL_LINK, 1, 0),	     /* link */
    [265] = SHAPE_LINKAT,			     /* linkat */
    [88] = SHAPE_NAMES(EDGE_CALL_SYMLINK, 1, 0),     /* symlink */
    [266] = SHAPE_SYMLINKAT,			     /* symlinkat */
    [87] = SHAPE_NAME(EDGE_CALL_UNLINK, 0),	     /* unlink */
    [84] = SHAPE_NAME(EDGE_CALL_UNLINK, 0),	     /* rmdir */
    [263] = SHAPE_AT(EDGE_CALL_UNLINK, 0, 1),	     /* unlinkat */
    [76] = SHAPE_NAME(EDGE_CALL_TRUNCATE, 0),	     /* truncate */
    [77] = SHAPE_FD(EDGE_CALL_TRUNCATE, 0),	     /* ftruncate */
    [90] = SHAPE_NAME(EDGE_CALL_CHMOD, 0),	     /* chmod */
    [91] = SHAPE_FD(EDGE_CALL_CHMOD, 0),	     /* fchmod */
    [268] = SHAPE_AT(EDGE_CALL_CHMOD, 0, 1),	     /* fchmodat */
    [452] = SHAPE_AT(EDGE_CALL_CHMOD, 0, 1),	     /* fchmodat2 */
    [92] = SHAPE_NAME(EDGE_CALL_CHOWN, 0),	     /* chown */
    [94] = SHAPE_NAME(EDGE_CALL_CHOWN, 0),	     /* lchown */
    [93] = SHAPE_FD(EDGE_CALL_CHOWN, 0),	     /* fchown */
    [260] = SHAPE_AT(EDGE_CALL_CHOWN, 0, 1),	     /* fchownat */
    [165] = SHAPE_NAMES(EDGE_CALL_MOUNT, 1, 0),	     /* mount */
    [429] = SHAPE_MOVE_MOUNT,			     /* move_mount */
    [166] = SHAPE_NAME(EDGE_CALL_UMOUNT, 0),	     /* umount2 */
    [155] = SHAPE_NAMES(EDGE_CALL_PIVOT_ROOT, 0, 1), /* pivot_root */
    [175] = SHAPE_PLAIN(EDGE_CALL_MODULE_LOAD),	     /* init_module */
    [313] = SHAPE_FD(EDGE_CALL_MODULE_LOAD, 0),	     /* finit_module */
    [321] = SHAPE_PLAIN(EDGE_CALL_BPF_LOAD),	     /* bpf */
    [101] = SHAPE_PLAIN(EDGE_CALL_PTRACE),	     /* ptrace */
    [311] = SHAPE_PLAIN(EDGE_CALL_MEMORY_WRITE),     /* process_vm_writev */
    [319] = SHAPE_NAME(EDGE_CALL_MEMFD_CREATE, 0),   /* memfd_create */
    [105] = SHAPE_PLAIN(EDGE_CALL_SETUID),	     /* setuid */
    [113] = SHAPE_PLAIN(EDGE_CALL_SETREUID),	     /* setreuid */
    [117] = SHAPE_PLAIN(EDGE_CALL_SETRESUID),	     /* setresuid */
    [308] = SHAPE_PLAIN(EDGE_CALL_SETNS),	     /* setns */
    [272] = SHAPE_PLAIN(EDGE_CALL_UNSHARE),	     /* unshare */
    [41] = SHAPE_PLAIN(EDGE_CALL_RAW_SOCKET),	     /* socket */
#elif defined(__TARGET_ARCH_arm64)
    [56] = SHAPE_OPEN(0, 1, 2),			     /* openat */
    [38] = SHAPE_RENAMEAT,			     /* renameat */
    [276] = SHAPE_RENAMEAT,			     /* renameat2 */
    [37] = SHAPE_LINKAT,			     /* linkat */
    [36] = SHAPE_SYMLINKAT,			     /* symlinkat */
    [35] = SHAPE_AT(EDGE_CALL_UNLINK, 0, 1),	     /* unlinkat */
    [45] = SHAPE_NAME(EDGE_CALL_TRUNCATE, 0),	     /* truncate */
    [46] = SHAPE_FD(EDGE_CALL_TRUNCATE, 0),	     /* ftruncate */
    [52] = SHAPE_FD(EDGE_CALL_CHMOD, 0),	     /* fchmod */
    [53] = SHAPE_AT(EDGE_CALL_CHMOD, 0, 1),	     /* fchmodat */
    [452] = SHAPE_AT(EDGE_CALL_CHMOD, 0, 1),	     /* fchmodat2 */
    [55] = SHAPE_FD(EDGE_CALL_CHOWN, 0),	     /* fchown */
    [54] = SHAPE_AT(EDGE_CALL_CHOWN, 0, 1),	     /* fchownat */
    [40] = SHAPE_NAMES(EDGE_CALL_MOUNT, 1, 0),	     /* mount */
    [429] = SHAPE_MOVE_MOUNT,			     /* move_mount */
    [39] = SHAPE_NAME(EDGE_CALL_UMOUNT, 0),	     /* umount2 */
    [41] = SHAPE_NAMES(EDGE_CALL_PIVOT_ROOT, 0, 1),  /* pivot_root */
    [105] = SHAPE_PLAIN(EDGE_CALL_MODULE_LOAD),	     /* init_module */
    [273] = SHAPE_FD(EDGE_CALL_MODULE_LOAD, 0),	     /* finit_module */
    [280] = SHAPE_PLAIN(EDGE_CALL_BPF_LOAD),	     /* bpf */
    [117] = SHAPE_PLAIN(EDGE_CALL_PTRACE),	     /* ptrace */
    [271] = SHAPE_PLAIN(EDGE_CALL_MEMORY_WRITE),     /* process_vm_writev */
    [279] = SHAPE_NAME(EDGE_CALL_MEMFD_CREATE, 0),   /* memfd_create */
    [146] = SHAPE_PLAIN(EDGE_CALL_SETUID),	     /* setuid */
    [145] = SHAPE_PLAIN(EDGE_CALL_SETREUID),	     /* setreuid */
    [147] = SHAPE_PLAIN(EDGE_CALL_SETRESUID),	     /* setresuid */
    [268] = SHAPE_PLAIN(EDGE_CALL_SETNS),	     /* setns */
    [97] = SHAPE_PLAIN(EDGE_CALL_UNSHARE),	     /* unshare */
    [198] = SHAPE_PLAIN(EDGE_CALL_RAW_SOCKET),	     /* socket */
#endif
    [437] = SHAPE_OPEN(0, 1, 2), /* openat2 */
};

static const __u32 compat_shapes[CALL_NUMBERS] = {
    [5] = SHAPE_OPEN(CALL_NONE, 0, 1),		 /* open */
    [8] = SHAPE_OPEN(CALL_NONE, 0, CALL_NONE),	 /* creat */
    [437] = SHAPE_OPEN(0, 1, 2),		 /* openat2 */
    [38] = SHAPE_NAMES(EDGE_CALL_RENAME, 1, 0),	 /* rename */
    [9] = SHAPE_NAMES(EDGE_CALL_LINK, 1, 0),	 /* link */
    [83] = SHAPE_NAMES(EDGE_CALL_SYMLINK, 1, 0), /* symlink */
    [10] = SHAPE_NAME(EDGE_CALL_UNLINK, 0),	 /* unlink */
    [40] = SHAPE_NAME(EDGE_CALL_UNLINK, 0),	 /* rmdir */
    [92] = SHAPE_NAME(EDGE_CALL_TRUNCATE, 0),	 /* truncate */
    [193] = SHAPE_NAME(EDGE_CALL_TRUNCATE, 0),	 /* truncate64 */
    [93] = SHAPE_FD(EDGE_CALL_TRUNCATE, 0),	 /* ftruncate */
    [194] = SHAPE_FD(EDGE_CALL_TRUNCATE, 0),	 /* ftruncate64 */
    [15] = SHAPE_NAME(EDGE_CALL_CHMOD, 0),	 /* chmod */
    [94] = SHAPE_FD(EDGE_CALL_CHMOD, 0),	 /* fchmod */
    [452] = SHAPE_AT(EDGE_CALL_CHMOD, 0, 1),	 /* fchmodat2 */
    [182] = SHAPE_NAME(EDGE_CALL_CHOWN, 0),	 /* chown */
    [212] = SHAPE_NAME(EDGE_CALL_CHOWN, 0),	 /* chown32 */
    [16] = SHAPE_NAME(EDGE_CALL_CHOWN, 0),	 /* lchown */
    [198] = SHAPE_NAME(EDGE_CALL_CHOWN, 0),	 /* lchown32 */
    [95] = SHAPE_FD(EDGE_CALL_CHOWN, 0),	 /* fchown */
    [207] = SHAPE_FD(EDGE_CALL_CHOWN, 0),	 /* fchown32 */
    [21] = SHAPE_NAMES(EDGE_CALL_MOUNT, 1, 0),	 /* mount */
    [429] = SHAPE_MOVE_MOUNT,			 /* move_mount */
    [52] = SHAPE_NAME(EDGE_CALL_UMOUNT, 0),	 /* umount2 */
    [128] = SHAPE_PLAIN(EDGE_CALL_MODULE_LOAD),	 /* init_module */
    [26] = SHAPE_PLAIN(EDGE_CALL_PTRACE),	 /* ptrace */
    [23] = SHAPE_PLAIN(EDGE_CALL_SETUID),	 /* setuid */
    [213] = SHAPE_PLAIN(EDGE_CALL_SETUID),	 /* setuid32 */
    [70] = SHAPE_PLAIN(EDGE_CALL_SETREUID),	 /* setreuid */
    [203] = SHAPE_PLAIN(EDGE_CALL_SETREUID),	 /* setreuid32 */
    [164] = SHAPE_PLAIN(EDGE_CALL_SETRESUID),	 /* setresuid */
    [208] = SHAPE_PLAIN(EDGE_CALL_SETRESUID),	 /* setresuid32 */
#if defined(__TARGET_ARCH_x86)
    [295] = SHAPE_OPEN(0, 1, 2),		     /* openat */
    [302] = SHAPE_RENAMEAT,			     /* renameat */
    [353] = SHAPE_RENAMEAT,			     /* renameat2 */
    [303] = SHAPE_LINKAT,			     /* linkat */
    [304] = SHAPE_SYMLINKAT,			     /* symlinkat */
    [301] = SHAPE_AT(EDGE_CALL_UNLINK, 0, 1),	     /* unlinkat */
    [306] = SHAPE_AT(EDGE_CALL_CHMOD, 0, 1),	     /* fchmodat */
    [298] = SHAPE_AT(EDGE_CALL_CHOWN, 0, 1),	     /* fchownat */
    [217] = SHAPE_NAMES(EDGE_CALL_PIVOT_ROOT, 0, 1), /* pivot_root */
    [350] = SHAPE_FD(EDGE_CALL_MODULE_LOAD, 0),	     /* finit_module */
    [357] = SHAPE_PLAIN(EDGE_CALL_BPF_LOAD),	     /* bpf */
    [348] = SHAPE_PLAIN(EDGE_CALL_MEMORY_WRITE),     /* process_vm_writev */
    [356] = SHAPE_NAME(EDGE_CALL_MEMFD_CREATE, 0),   /* memfd_create */
    [346] = SHAPE_PLAIN(EDGE_CALL_SETNS),	     /* setns */
    [310] = SHAPE_PLAIN(EDGE_CALL_UNSHARE),	     /* unshare */
    [359] = SHAPE_PLAIN(EDGE_CALL_RAW_SOCKET),	     /* socket */
    [102] = SHAPE_PLAIN(CALL_SOCKETCALL),	     /* socketcall */
#elif defined(__TARGET_ARCH_arm64)
    [322] = SHAPE_OPEN(0, 1, 2),		     /* openat */
    [329] = SHAPE_RENAMEAT,			     /* renameat */
    [382] = SHAPE_RENAMEAT,			     /* renameat2 */
    [330] = SHAPE_LINKAT,			     /* linkat */
    [331] = SHAPE_SYMLINKAT,			     /* symlinkat */
    [328] = SHAPE_AT(EDGE_CALL_UNLINK, 0, 1),	     /* unlinkat */
    [333] = SHAPE_AT(EDGE_CALL_CHMOD, 0, 1),	     /* fchmodat */
    [325] = SHAPE_AT(EDGE_CALL_CHOWN, 0, 1),	     /* fchownat */
    [218] = SHAPE_NAMES(EDGE_CALL_PIVOT_ROOT, 0, 1), /* pivot_root */
    [379] = SHAPE_FD(EDGE_CALL_MODULE_LOAD, 0),	     /* finit_module */
    [386] = SHAPE_PLAIN(EDGE_CALL_BPF_LOAD),	     /* bpf */
    [377] = SHAPE_PLAIN(EDGE_CALL_MEMORY_WRITE),     /* process_vm_writev */
    [385] = SHAPE_NAME(EDGE_CALL_MEMFD_CREATE, 0),   /* memfd_create */
    [375] = SHAPE_PLAIN(EDGE_CALL_SETNS),	     /* setns */
    [337] = SHAPE_PLAIN(EDGE_CALL_UNSHARE),	     /* unshare */
    [281] = SHAPE_PLAIN(EDGE_CALL_RAW_SOCKET),	     /* socket */
#endif
};

#endif
