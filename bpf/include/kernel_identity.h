/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What the probes touch of ids, rights, namespaces and terminals. Included by kernel.h inside its
 * relocation pragma. */
#ifndef KERNEL_IDENTITY_H
#define KERNEL_IDENTITY_H

typedef struct {
	__u32 val;
} kuid_t;

typedef struct {
	__u32 val;
} kgid_t;

/* Before 6.3 a struct of two numbers, since then of one; both have 64 bits. */
struct kernel_cap_struct {
	__u32 cap[2];
};

struct ns_common {
	__u32 inum;
};

struct mnt_namespace {
	struct ns_common ns;
};

struct net {
	struct ns_common ns;
};

struct user_namespace {
	struct ns_common ns;
};

struct nsproxy {
	struct mnt_namespace *mnt_ns;
	struct net *net_ns;
};

struct cred {
	kuid_t uid, euid;
	kgid_t gid, egid;
	struct kernel_cap_struct cap_effective;
	struct user_namespace *user_ns;
};

struct pid_namespace {
	struct ns_common ns;
};

struct upid {
	int nr;
	struct pid_namespace *ns;
};

struct pid {
	__u32 level;
	struct upid numbers[1];
};

struct tty_driver {
	int major, minor_start;
};

struct tty_struct {
	struct tty_driver *driver;
	int index;
};

#endif
