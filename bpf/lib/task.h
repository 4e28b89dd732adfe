/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Who did it: the facts of a task that go into every record. */
#ifndef TASK_H
#define TASK_H

#include "field.h"
#include "maps.h"

#define UNSET_ID ((__u32)-1)
#define AGENT_TICK_NS 10000000

/* From 5.11 on the kernel hands out the current task with its type, so that plain loads do. */
#define TASK_IS_TYPED bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_get_current_task_btf)

static __always_inline struct task_struct *current_task(void)
{
	return TASK_IS_TYPED ? bpf_get_current_task_btf() : (void *)bpf_get_current_task();
}

/* Whether the call that the current task is in is a 32-bit one. */
static __always_inline bool current_is_compat(struct task_struct *current)
{
	return TASK_IS_TYPED ? TASK_IS_COMPAT(current) : TASK_IS_COMPAT_READ(current);
}

static __always_inline bool is_agent(struct task_struct *task)
{
	__u32 zero = 0;
	__u32 *tgid = bpf_map_lookup_elem(&agent_tgid, &zero);
	struct task_struct *leader;
	__u64 *start;

	if (!tgid || *tgid != (__u32)LOAD(task, tgid))
		return false;
	start = bpf_map_lookup_elem(&agent_start, &zero);
	leader = LOAD(task, group_leader);
	return start && (!*start || *start == LOAD(leader, start_boottime) / AGENT_TICK_NS);
}

static __always_inline __u64 cgroup_of(struct task_struct *task)
{
	struct css_set *set = LOAD(task, cgroups);
	struct cgroup *group = LOAD(set, dfl_cgrp);
	struct kernfs_node *node = LOAD(group, kn);

	return LOAD(node, id);
}

/* The helper takes longer than all of the record's other fields of a task. */
static __always_inline void comm_fill(char *comm, struct task_struct *task)
{
	struct rlimit *words;

	if (!CAST_IS_THERE) {
		bpf_probe_read_kernel(comm, EDGE_COMM_LEN, &task->comm);
		return;
	}
	words = AS(struct rlimit, &task->comm);
	((__u64 *)comm)[0] = words->rlim_cur;
	((__u64 *)comm)[1] = words->rlim_max;
}

static __always_inline __u64 capabilities_of(struct cred *cred, bool known)
{
	const __u32 *at = __builtin_preserve_access_index((__u32 *)&cred->cap_effective);
	__u64 both = 0;

	if (CAST_IS_THERE)
		return AS(struct rlimit, at)->rlim_cur;
	if (known)
		return at[0] | (__u64)at[1] << 32;
	bpf_probe_read_kernel(&both, sizeof(both), at);
	return both;
}

static __always_inline __u32 terminal_of(struct signal_struct *signal, bool known)
{
	struct tty_struct *tty = FIELD(known, signal, tty);
	struct tty_driver *driver;

	if (!tty)
		return 0;
	driver = FIELD(known, tty, driver);
	return ((__u32)FIELD(known, driver, major) << 20) +
	       (__u32)FIELD(known, driver, minor_start) + (__u32)FIELD(known, tty, index);
}

/* That of the last of its ids: what the proxy holds is for its children. */
static __always_inline __u32 pid_namespace_of(struct task_struct *task)
{
	struct pid *own = (struct pid *)(unsigned long)LOAD_ADDRESS(task, thread_pid);
	struct upid *last =
	    (struct upid *)((unsigned long)own + bpf_core_field_offset(struct pid, numbers) +
			    LOAD(own, level) * bpf_core_type_size(struct upid));
	struct pid_namespace *space = LOAD(last, ns);

	return LOAD(space, ns.inum);
}

/* `known` says that the verifier knows the task's type, as it does of a program's own argument. */
static __always_inline void task_fill(struct edge_task *out, struct task_struct *task, bool known)
{
	struct task_struct *parent = FIELD(known, task, real_parent);
	struct task_struct *leader = FIELD(known, task, group_leader);
	struct task_struct *parents = FIELD(known, parent, group_leader);
	struct signal_struct *signal = FIELD(known, task, signal);
	struct pid *session = FIELD(known, signal, pids[PIDTYPE_SID]);
	struct cred *cred = FIELD(known, task, cred);
	struct nsproxy *spaces = FIELD(known, task, nsproxy);
	struct mnt_namespace *mounts = FIELD(known, spaces, mnt_ns);
	struct net *network = FIELD(known, spaces, net_ns);
	struct user_namespace *users;

	out->pid = FIELD(known, task, tgid);
	out->tid = FIELD(known, task, pid);
	out->start_ns = FIELD(known, leader, start_boottime);
	out->parent_pid = FIELD(known, parent, tgid);
	out->parent_start_ns = FIELD(known, parents, start_boottime);
	out->session_pid = LOAD(session, numbers[0].nr);
	out->cgroup_id = cgroup_of(task);
	/* Some kernels have the verifier say that it may be null. */
	if (cred) {
		out->uid = FIELD(known, cred, uid.val);
		out->euid = FIELD(known, cred, euid.val);
		out->gid = FIELD(known, cred, gid.val);
		out->egid = FIELD(known, cred, egid.val);
		out->capabilities = capabilities_of(cred, known);
		users = FIELD(known, cred, user_ns);
		out->user_namespace = LOAD(users, ns.inum);
	} else {
		out->uid = out->euid = out->gid = out->egid = UNSET_ID;
		out->capabilities = 0;
		out->user_namespace = 0;
	}
	out->terminal = terminal_of(signal, known);
	out->mount_namespace = LOAD(mounts, ns.inum);
	out->network_namespace = LOAD(network, ns.inum);
	out->pid_namespace = pid_namespace_of(task);
	out->pad = 0;

	out->login_uid = UNSET_ID;
	out->audit_session = UNSET_ID;
	if (bpf_core_field_exists(task->loginuid))
		out->login_uid = FIELD(known, task, loginuid.val);
	if (bpf_core_field_exists(task->sessionid))
		out->audit_session = FIELD(known, task, sessionid);

	comm_fill(out->comm, task);
}

#endif
