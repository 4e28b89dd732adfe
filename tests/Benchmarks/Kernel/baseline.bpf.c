/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * What the probes' cost is compared with: programs that do nothing on the same hooks, and the usual
 * way to watch files, which copies every name that is asked for and compares it with a list.
 */
#include "../../../bpf/include/kernel.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

#define NAME_LEN 256

/* Layout of tracepoint syscalls/sys_enter_openat, as its format file says. */
struct enter_openat {
	__u64 common;
	__u64 number;
	__u64 folder;
	const char *name;
};

struct name_event {
	__u32 pid, uid;
	char comm[16];
	char name[NAME_LEN];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} names SEC(".maps");

SEC("tp_btf/sys_exit")
int BPF_PROG(empty, struct pt_regs *regs, long result)
{
	return 0;
}

/* A process's three hooks: what the kernel's clock of programs says of these is the clock itself. */
SEC("tp_btf/sched_process_fork")
int BPF_PROG(empty_fork, struct task_struct *parent, struct task_struct *child)
{
	return 0;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(empty_exec, struct task_struct *task, int old_pid, struct linux_binprm *bprm)
{
	return 0;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(empty_exit, struct task_struct *task)
{
	return 0;
}

SEC("fexit/security_file_open")
int BPF_PROG(empty_fexit, struct file *file, int verdict)
{
	return 0;
}

SEC("cgroup/connect4")
int empty_connect4(struct bpf_sock_addr *context)
{
	return 1; /* allowed */
}

static __always_inline bool begins_with(const char *name, const char *prefix, __u32 length)
{
	for (__u32 i = 0; i < length; i++)
		if (name[i] != prefix[i])
			return false;
	return true;
}

#define IS(event, path) begins_with((event)->name, path, sizeof(path) - 1)

SEC("tracepoint/syscalls/sys_enter_openat")
int by_name(struct enter_openat *context)
{
	struct name_event event = {};

	event.pid = bpf_get_current_pid_tgid() >> 32;
	event.uid = bpf_get_current_uid_gid();
	bpf_get_current_comm(event.comm, sizeof(event.comm));
	bpf_probe_read_user_str(event.name, sizeof(event.name), context->name);
	if (IS(&event, "/etc/shadow") || IS(&event, "/etc/passwd") || IS(&event, "/etc/sudoers") ||
	    IS(&event, "/root/.ssh") || IS(&event, "/etc/ssh/") || IS(&event, "/etc/gshadow") ||
	    IS(&event, "/etc/crontab") || IS(&event, "/etc/cron.d") || IS(&event, "/var/spool/cron") ||
	    IS(&event, "/proc/kcore") || IS(&event, "/dev/mem"))
		bpf_ringbuf_output(&names, &event, sizeof(event), 0);
	return 0;
}
