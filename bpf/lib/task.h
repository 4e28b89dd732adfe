/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Who did it: the facts of a task that go into every record. */
#ifndef TASK_H
#define TASK_H

#include "maps.h"
#include <bpf/bpf_core_read.h>

#define UNSET_ID ((__u32)-1)

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

	return tgid && *tgid == (__u32)BPF_CORE_READ(task, tgid);
}

static __always_inline void task_fill(struct edge_task *out, struct task_struct *task)
{
	struct task_struct *parent = BPF_CORE_READ(task, real_parent);
	struct pid *session = BPF_CORE_READ(task, signal, pids[PIDTYPE_SID]);
	const struct cred *cred = BPF_CORE_READ(task, cred);

	out->pid = BPF_CORE_READ(task, tgid);
	out->tid = BPF_CORE_READ(task, pid);
	out->start_ns = BPF_CORE_READ(task, group_leader, start_boottime);
	out->parent_pid = BPF_CORE_READ(parent, tgid);
	out->parent_start_ns = BPF_CORE_READ(parent, group_leader, start_boottime);
	out->session_pid = BPF_CORE_READ(session, numbers[0].nr);
	out->cgroup_id = BPF_CORE_READ(task, cgroups, dfl_cgrp, kn, id);
	out->uid = BPF_CORE_READ(cred, uid.val);
	out->euid = BPF_CORE_READ(cred, euid.val);
	out->gid = BPF_CORE_READ(cred, gid.val);
	out->egid = BPF_CORE_READ(cred, egid.val);

	out->login_uid = UNSET_ID;
	out->audit_session = UNSET_ID;
	if (bpf_core_field_exists(task->loginuid))
		out->login_uid = BPF_CORE_READ(task, loginuid.val);
	if (bpf_core_field_exists(task->sessionid))
		out->audit_session = BPF_CORE_READ(task, sessionid);

	bpf_probe_read_kernel(out->comm, sizeof(out->comm), &task->comm);
}

#endif
