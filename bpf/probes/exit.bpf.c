// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* A process ended: the exit of its last thread. What is kept of a thread ends with it. */
#include "../lib/note.h"
#include "../lib/task.h"
#include <bpf/bpf_tracing.h>

struct process {
	__u64 start_ns;
	__u32 pid;
	__u32 pad;
};

/* Processes of several threads whose end was reported. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct process);
	__type(value, __u8);
} ended SEC(".maps");

/* Two last threads that exit at once both find no live one: the first to put the process into the
 * map reports it. */
static __always_inline bool exit_is_reported(struct task_struct *task, struct signal_struct *signal,
					     bool known)
{
	struct process process = {};
	__u8 value = 1;

	if (FIELD(known, signal, nr_threads) == 1)
		return false;
	process.start_ns = BPF_CORE_READ(task, group_leader, start_boottime);
	process.pid = BPF_CORE_READ(task, tgid);
	return bpf_map_update_elem(&ended, &process, &value, BPF_NOEXIST);
}

static __always_inline void exit_report(struct task_struct *task, bool known)
{
	struct signal_struct *signal = FIELD(known, task, signal);
	struct edge_exit *exit;

	note_drop();
	if (FIELD(known, signal, live.counter) || exit_is_reported(task, signal, known))
		return;
	exit = bulk_reserve(EDGE_KIND_EXIT, sizeof(*exit));
	if (!exit)
		return;
	task_fill(&exit->task, task, known);
	exit->exit_code = FIELD(known, signal, flags) & SIGNAL_GROUP_EXIT
			      ? FIELD(known, signal, group_exit_code)
			      : BPF_CORE_READ(task, group_leader, exit_code);
	exit->pad = 0;
	bulk_submit(exit);
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_exit, struct task_struct *task)
{
	exit_report(task, true);
	return 0;
}

SEC("raw_tp/sched_process_exit")
int BPF_PROG(on_exit_raw, struct task_struct *task)
{
	exit_report(task, false);
	return 0;
}
