/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The kernel types the probes touch, with only the fields they touch. Names and kinds must be the
 * kernel's; offsets are relocated at load time from the running kernel's BTF.
 */
#ifndef KERNEL_H
#define KERNEL_H

typedef signed char __s8;
typedef unsigned char __u8;
typedef short __s16;
typedef unsigned short __u16;
typedef int __s32;
typedef unsigned int __u32;
typedef long long __s64;
typedef unsigned long long __u64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u64 __be64;
typedef __u16 __sum16;
typedef __u32 __wsum;
typedef _Bool bool;

enum { false = 0, true = 1 };

/* User-space ABI constants of the bpf system call. */
enum {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_PROG_ARRAY = 3,
	BPF_MAP_TYPE_PERCPU_ARRAY = 6,
	BPF_MAP_TYPE_LRU_HASH = 9,
	BPF_MAP_TYPE_LPM_TRIE = 11,
	BPF_MAP_TYPE_RINGBUF = 27,

	BPF_ANY = 0,
	BPF_NOEXIST = 1,

	BPF_F_NO_PREALLOC = 1,
	BPF_F_MMAPABLE = 1 << 10,

	BPF_RB_NO_WAKEUP = 1,
	BPF_RB_FORCE_WAKEUP = 2,
	BPF_RB_AVAIL_DATA = 0,
	BPF_RB_RING_SIZE = 1,
};

/* User-space ABI constants of io_uring. */
enum {
	IORING_OP_OPENAT = 18,
	IORING_OP_OPENAT2 = 28,
	IORING_OP_RENAMEAT = 35,
	IORING_OP_UNLINKAT = 36,
	IORING_OP_SYMLINKAT = 38,
	IORING_OP_LINKAT = 39,
	IORING_OP_SOCKET = 45,
	IORING_OP_FTRUNCATE = 55,
};
#define IORING_FILE_INDEX_ALLOC (~0U)

/* Arguments of a raw tracepoint: user-space ABI, no relocation. */
struct bpf_raw_tracepoint_args {
	__u64 args[0];
};

/* Context of the socket address hooks: user-space ABI, no relocation. */
struct bpf_sock_addr {
	__u32 user_family;
	__u32 user_ip4;
	__u32 user_ip6[4];
	__u32 user_port;
	__u32 family;
	__u32 type;
	__u32 protocol;
};

/* Flags that the kernel drops once a file is open: O_CREAT, O_EXCL, O_NOCTTY, O_TRUNC. */
#define O_DROPPED 01700
#define O_CREAT 0100
#define O_NONBLOCK 04000
#define O_PATH 010000000 /* the same on x86-64 and arm64 */
#define S_ISDIR(mode) (((mode)&0170000) == 0040000)
#define FMODE_EXEC (1 << 5) /* among the flags of a file; user space cannot set it there */
#define FMODE_CREATED (1 << 20)
#define FMODE_NOACCOUNT (1 << 29)
#define PF_IO_WORKER 0x10
#define PF_KTHREAD 0x200000
#define PIDTYPE_SID 3
#define SIGNAL_GROUP_EXIT 0x4

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

#if defined(__TARGET_ARCH_x86)
#include "kernel_x86.h"
#elif defined(__TARGET_ARCH_arm64)
#include "kernel_arm64.h"
#else
#error "define __TARGET_ARCH_x86 or __TARGET_ARCH_arm64"
#endif

#include "kernel_identity.h"

typedef struct {
	int counter;
} atomic_t;

struct super_block {
	__u32 s_dev;
};

struct inode {
	__u16 i_mode;
	__u32 i_nlink;
	__u32 i_generation;
	unsigned long i_ino;
	struct super_block *i_sb;
};

struct qstr {
	__u32 len;
	const unsigned char *name;
};

struct hlist_bl_node {
	struct hlist_bl_node **pprev;
};

struct dentry {
	struct hlist_bl_node d_hash;
	struct dentry *d_parent;
	struct qstr d_name;
	struct inode *d_inode;
};

struct vfsmount {
	struct dentry *mnt_root;
};

struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct file {
	struct path f_path;
	struct inode *f_inode;
	__u32 f_flags;
	__u32 f_mode;
};

/* Any struct that begins with two numbers of a pointer's size. */
struct rlimit {
	unsigned long rlim_cur, rlim_max;
};

/* Any struct that begins with a pointer. */
struct hlist_head {
	struct hlist_node *first;
};

struct fdtable {
	__u32 max_fds;
	struct file **fd;
};

struct files_struct {
	struct fdtable *fdt;
};

/* A name that the kernel copied from user memory. */
struct filename {
	const char *name;
};

struct fs_struct {
	struct path pwd;
};

struct mm_struct {
	unsigned long arg_start, arg_end;
};

struct signal_struct {
	atomic_t live;
	__u32 flags;
	int group_exit_code;
	int nr_threads;
	struct pid *pids[4];
	struct tty_struct *tty;
};

struct kernfs_node {
	__u64 id;
};

struct cgroup {
	struct kernfs_node *kn;
};

struct css_set {
	struct cgroup *dfl_cgrp;
};

struct task_struct {
	struct thread_info thread_info;
	void *stack;
	__u32 flags;
	struct io_uring_task *io_uring;
	int pid, tgid, exit_code;
	__u64 start_boottime;
	struct task_struct *real_parent, *group_leader;
	struct pid *thread_pid;
	struct mm_struct *mm;
	struct fs_struct *fs;
	struct files_struct *files;
	struct signal_struct *signal;
	struct nsproxy *nsproxy;
	struct cred *cred;
	struct css_set *cgroups;
	kuid_t loginuid; /* both only with CONFIG_AUDIT */
	__u32 sessionid;
	char comm[16];
};

#include "kernel_uring.h"

struct linux_binprm {
	struct file *file;
	const char *filename;
	const char *interp;
};

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
};

struct bpf_iter__task_file {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
	__u32 fd;
	struct file *file;
};

struct bpf_iter_meta {
	struct seq_file *seq;
};

#pragma clang attribute pop

/* What the kernel's helpers are asked for: existence only. */
enum bpf_func_id {
	BPF_FUNC_get_current_task_btf = 158,
	BPF_FUNC_task_pt_regs = 175,
	BPF_FUNC_cgrp_storage_get = 210,
};

#endif
