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
/* An open without a name: told when it succeeds only. */
#define CALL_OPEN_BY_HANDLE 0xfe

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

/* By number: the call's shape in a native and in a 32-bit call, where the same number is another
 * call. */
union call_shapes {
	struct {
		__u32 native, compat;
	};
	__u64 both;
};

static const union call_shapes shapes[CALL_NUMBERS] = {
#if defined(__TARGET_ARCH_x86)
    [2].native = SHAPE_OPEN(CALL_NONE, 0, 1),		    /* open */
    [85].native = SHAPE_OPEN(CALL_NONE, 0, CALL_NONE),	    /* creat */
    [257].native = SHAPE_OPEN(0, 1, 2),			    /* openat */
    [304].native = SHAPE_PLAIN(CALL_OPEN_BY_HANDLE),	    /* open_by_handle_at */
    [82].native = SHAPE_NAMES(EDGE_CALL_RENAME, 1, 0),	    /* rename */
    [264].native = SHAPE_RENAMEAT,			    /* renameat */
    [316].native = SHAPE_RENAMEAT,			    /* renameat2 */
    [86].native = SHAPE_NAMES(EDGE_CALL_LINK, 1, 0),	    /* link */
    [265].native = SHAPE_LINKAT,			    /* linkat */
    [88].native = SHAPE_NAMES(EDGE_CALL_SYMLINK, 1, 0),	    /* symlink */
    [266].native = SHAPE_SYMLINKAT,			    /* symlinkat */
    [87].native = SHAPE_NAME(EDGE_CALL_UNLINK, 0),	    /* unlink */
    [84].native = SHAPE_NAME(EDGE_CALL_UNLINK, 0),	    /* rmdir */
    [263].native = SHAPE_AT(EDGE_CALL_UNLINK, 0, 1),	    /* unlinkat */
    [76].native = SHAPE_NAME(EDGE_CALL_TRUNCATE, 0),	    /* truncate */
    [77].native = SHAPE_FD(EDGE_CALL_TRUNCATE, 0),	    /* ftruncate */
    [90].native = SHAPE_NAME(EDGE_CALL_CHMOD, 0),	    /* chmod */
    [91].native = SHAPE_FD(EDGE_CALL_CHMOD, 0),		    /* fchmod */
    [268].native = SHAPE_AT(EDGE_CALL_CHMOD, 0, 1),	    /* fchmodat */
    [452].native = SHAPE_AT(EDGE_CALL_CHMOD, 0, 1),	    /* fchmodat2 */
    [92].native = SHAPE_NAME(EDGE_CALL_CHOWN, 0),	    /* chown */
    [94].native = SHAPE_NAME(EDGE_CALL_CHOWN, 0),	    /* lchown */
    [93].native = SHAPE_FD(EDGE_CALL_CHOWN, 0),		    /* fchown */
    [260].native = SHAPE_AT(EDGE_CALL_CHOWN, 0, 1),	    /* fchownat */
    [165].native = SHAPE_NAMES(EDGE_CALL_MOUNT, 1, 0),	    /* mount */
    [429].native = SHAPE_MOVE_MOUNT,			    /* move_mount */
    [166].native = SHAPE_NAME(EDGE_CALL_UMOUNT, 0),	    /* umount2 */
    [155].native = SHAPE_NAMES(EDGE_CALL_PIVOT_ROOT, 0, 1), /* pivot_root */
    [175].native = SHAPE_PLAIN(EDGE_CALL_MODULE_LOAD),	    /* init_module */
    [313].native = SHAPE_FD(EDGE_CALL_MODULE_LOAD, 0),	    /* finit_module */
    [321].native = SHAPE_PLAIN(EDGE_CALL_BPF_LOAD),	    /* bpf */
    [101].native = SHAPE_PLAIN(EDGE_CALL_PTRACE),	    /* ptrace */
    [311].native = SHAPE_PLAIN(EDGE_CALL_MEMORY_WRITE),	    /* process_vm_writev */
    [319].native = SHAPE_NAME(EDGE_CALL_MEMFD_CREATE, 0),   /* memfd_create */
    [105].native = SHAPE_PLAIN(EDGE_CALL_SETUID),	    /* setuid */
    [113].native = SHAPE_PLAIN(EDGE_CALL_SETREUID),	    /* setreuid */
    [117].native = SHAPE_PLAIN(EDGE_CALL_SETRESUID),	    /* setresuid */
    [308].native = SHAPE_PLAIN(EDGE_CALL_SETNS),	    /* setns */
    [272].native = SHAPE_PLAIN(EDGE_CALL_UNSHARE),	    /* unshare */
    [41].native = SHAPE_PLAIN(EDGE_CALL_RAW_SOCKET),	    /* socket */
#elif defined(__TARGET_ARCH_arm64)
    [56].native = SHAPE_OPEN(0, 1, 2),			    /* openat */
    [265].native = SHAPE_PLAIN(CALL_OPEN_BY_HANDLE),	    /* open_by_handle_at */
    [38].native = SHAPE_RENAMEAT,			    /* renameat */
    [276].native = SHAPE_RENAMEAT,			    /* renameat2 */
    [37].native = SHAPE_LINKAT,				    /* linkat */
    [36].native = SHAPE_SYMLINKAT,			    /* symlinkat */
    [35].native = SHAPE_AT(EDGE_CALL_UNLINK, 0, 1),	    /* unlinkat */
    [45].native = SHAPE_NAME(EDGE_CALL_TRUNCATE, 0),	    /* truncate */
    [46].native = SHAPE_FD(EDGE_CALL_TRUNCATE, 0),	    /* ftruncate */
    [52].native = SHAPE_FD(EDGE_CALL_CHMOD, 0),		    /* fchmod */
    [53].native = SHAPE_AT(EDGE_CALL_CHMOD, 0, 1),	    /* fchmodat */
    [452].native = SHAPE_AT(EDGE_CALL_CHMOD, 0, 1),	    /* fchmodat2 */
    [55].native = SHAPE_FD(EDGE_CALL_CHOWN, 0),		    /* fchown */
    [54].native = SHAPE_AT(EDGE_CALL_CHOWN, 0, 1),	    /* fchownat */
    [40].native = SHAPE_NAMES(EDGE_CALL_MOUNT, 1, 0),	    /* mount */
    [429].native = SHAPE_MOVE_MOUNT,			    /* move_mount */
    [39].native = SHAPE_NAME(EDGE_CALL_UMOUNT, 0),	    /* umount2 */
    [41].native = SHAPE_NAMES(EDGE_CALL_PIVOT_ROOT, 0, 1),  /* pivot_root */
    [105].native = SHAPE_PLAIN(EDGE_CALL_MODULE_LOAD),	    /* init_module */
    [273].native = SHAPE_FD(EDGE_CALL_MODULE_LOAD, 0),	    /* finit_module */
    [280].native = SHAPE_PLAIN(EDGE_CALL_BPF_LOAD),	    /* bpf */
    [117].native = SHAPE_PLAIN(EDGE_CALL_PTRACE),	    /* ptrace */
    [271].native = SHAPE_PLAIN(EDGE_CALL_MEMORY_WRITE),	    /* process_vm_writev */
    [279].native = SHAPE_NAME(EDGE_CALL_MEMFD_CREATE, 0),   /* memfd_create */
    [146].native = SHAPE_PLAIN(EDGE_CALL_SETUID),	    /* setuid */
    [145].native = SHAPE_PLAIN(EDGE_CALL_SETREUID),	    /* setreuid */
    [147].native = SHAPE_PLAIN(EDGE_CALL_SETRESUID),	    /* setresuid */
    [268].native = SHAPE_PLAIN(EDGE_CALL_SETNS),	    /* setns */
    [97].native = SHAPE_PLAIN(EDGE_CALL_UNSHARE),	    /* unshare */
    [198].native = SHAPE_PLAIN(EDGE_CALL_RAW_SOCKET),	    /* socket */
#endif
    [437].native = SHAPE_OPEN(0, 1, 2), /* openat2 */

    [5].compat = SHAPE_OPEN(CALL_NONE, 0, 1),		/* open */
    [8].compat = SHAPE_OPEN(CALL_NONE, 0, CALL_NONE),	/* creat */
    [437].compat = SHAPE_OPEN(0, 1, 2),			/* openat2 */
    [38].compat = SHAPE_NAMES(EDGE_CALL_RENAME, 1, 0),	/* rename */
    [9].compat = SHAPE_NAMES(EDGE_CALL_LINK, 1, 0),	/* link */
    [83].compat = SHAPE_NAMES(EDGE_CALL_SYMLINK, 1, 0), /* symlink */
    [10].compat = SHAPE_NAME(EDGE_CALL_UNLINK, 0),	/* unlink */
    [40].compat = SHAPE_NAME(EDGE_CALL_UNLINK, 0),	/* rmdir */
    [92].compat = SHAPE_NAME(EDGE_CALL_TRUNCATE, 0),	/* truncate */
    [193].compat = SHAPE_NAME(EDGE_CALL_TRUNCATE, 0),	/* truncate64 */
    [93].compat = SHAPE_FD(EDGE_CALL_TRUNCATE, 0),	/* ftruncate */
    [194].compat = SHAPE_FD(EDGE_CALL_TRUNCATE, 0),	/* ftruncate64 */
    [15].compat = SHAPE_NAME(EDGE_CALL_CHMOD, 0),	/* chmod */
    [94].compat = SHAPE_FD(EDGE_CALL_CHMOD, 0),		/* fchmod */
    [452].compat = SHAPE_AT(EDGE_CALL_CHMOD, 0, 1),	/* fchmodat2 */
    [182].compat = SHAPE_NAME(EDGE_CALL_CHOWN, 0),	/* chown */
    [212].compat = SHAPE_NAME(EDGE_CALL_CHOWN, 0),	/* chown32 */
    [16].compat = SHAPE_NAME(EDGE_CALL_CHOWN, 0),	/* lchown */
    [198].compat = SHAPE_NAME(EDGE_CALL_CHOWN, 0),	/* lchown32 */
    [95].compat = SHAPE_FD(EDGE_CALL_CHOWN, 0),		/* fchown */
    [207].compat = SHAPE_FD(EDGE_CALL_CHOWN, 0),	/* fchown32 */
    [21].compat = SHAPE_NAMES(EDGE_CALL_MOUNT, 1, 0),	/* mount */
    [429].compat = SHAPE_MOVE_MOUNT,			/* move_mount */
    [52].compat = SHAPE_NAME(EDGE_CALL_UMOUNT, 0),	/* umount2 */
    [128].compat = SHAPE_PLAIN(EDGE_CALL_MODULE_LOAD),	/* init_module */
    [26].compat = SHAPE_PLAIN(EDGE_CALL_PTRACE),	/* ptrace */
    [23].compat = SHAPE_PLAIN(EDGE_CALL_SETUID),	/* setuid */
    [213].compat = SHAPE_PLAIN(EDGE_CALL_SETUID),	/* setuid32 */
    [70].compat = SHAPE_PLAIN(EDGE_CALL_SETREUID),	/* setreuid */
    [203].compat = SHAPE_PLAIN(EDGE_CALL_SETREUID),	/* setreuid32 */
    [164].compat = SHAPE_PLAIN(EDGE_CALL_SETRESUID),	/* setresuid */
    [208].compat = SHAPE_PLAIN(EDGE_CALL_SETRESUID),	/* setresuid32 */
#if defined(__TARGET_ARCH_x86)
    [22].compat = SHAPE_NAME(EDGE_CALL_UMOUNT, 0),	    /* umount */
    [295].compat = SHAPE_OPEN(0, 1, 2),			    /* openat */
    [342].compat = SHAPE_PLAIN(CALL_OPEN_BY_HANDLE),	    /* open_by_handle_at */
    [302].compat = SHAPE_RENAMEAT,			    /* renameat */
    [353].compat = SHAPE_RENAMEAT,			    /* renameat2 */
    [303].compat = SHAPE_LINKAT,			    /* linkat */
    [304].compat = SHAPE_SYMLINKAT,			    /* symlinkat */
    [301].compat = SHAPE_AT(EDGE_CALL_UNLINK, 0, 1),	    /* unlinkat */
    [306].compat = SHAPE_AT(EDGE_CALL_CHMOD, 0, 1),	    /* fchmodat */
    [298].compat = SHAPE_AT(EDGE_CALL_CHOWN, 0, 1),	    /* fchownat */
    [217].compat = SHAPE_NAMES(EDGE_CALL_PIVOT_ROOT, 0, 1), /* pivot_root */
    [350].compat = SHAPE_FD(EDGE_CALL_MODULE_LOAD, 0),	    /* finit_module */
    [357].compat = SHAPE_PLAIN(EDGE_CALL_BPF_LOAD),	    /* bpf */
    [348].compat = SHAPE_PLAIN(EDGE_CALL_MEMORY_WRITE),	    /* process_vm_writev */
    [356].compat = SHAPE_NAME(EDGE_CALL_MEMFD_CREATE, 0),   /* memfd_create */
    [346].compat = SHAPE_PLAIN(EDGE_CALL_SETNS),	    /* setns */
    [310].compat = SHAPE_PLAIN(EDGE_CALL_UNSHARE),	    /* unshare */
    [359].compat = SHAPE_PLAIN(EDGE_CALL_RAW_SOCKET),	    /* socket */
    [102].compat = SHAPE_PLAIN(CALL_SOCKETCALL),	    /* socketcall */
#elif defined(__TARGET_ARCH_arm64)
    [322].compat = SHAPE_OPEN(0, 1, 2),			    /* openat */
    [371].compat = SHAPE_PLAIN(CALL_OPEN_BY_HANDLE),	    /* open_by_handle_at */
    [329].compat = SHAPE_RENAMEAT,			    /* renameat */
    [382].compat = SHAPE_RENAMEAT,			    /* renameat2 */
    [330].compat = SHAPE_LINKAT,			    /* linkat */
    [331].compat = SHAPE_SYMLINKAT,			    /* symlinkat */
    [328].compat = SHAPE_AT(EDGE_CALL_UNLINK, 0, 1),	    /* unlinkat */
    [333].compat = SHAPE_AT(EDGE_CALL_CHMOD, 0, 1),	    /* fchmodat */
    [325].compat = SHAPE_AT(EDGE_CALL_CHOWN, 0, 1),	    /* fchownat */
    [218].compat = SHAPE_NAMES(EDGE_CALL_PIVOT_ROOT, 0, 1), /* pivot_root */
    [379].compat = SHAPE_FD(EDGE_CALL_MODULE_LOAD, 0),	    /* finit_module */
    [386].compat = SHAPE_PLAIN(EDGE_CALL_BPF_LOAD),	    /* bpf */
    [377].compat = SHAPE_PLAIN(EDGE_CALL_MEMORY_WRITE),	    /* process_vm_writev */
    [385].compat = SHAPE_NAME(EDGE_CALL_MEMFD_CREATE, 0),   /* memfd_create */
    [375].compat = SHAPE_PLAIN(EDGE_CALL_SETNS),	    /* setns */
    [337].compat = SHAPE_PLAIN(EDGE_CALL_UNSHARE),	    /* unshare */
    [281].compat = SHAPE_PLAIN(EDGE_CALL_RAW_SOCKET),	    /* socket */
#endif
};

#endif
