// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* A process was made. The only moment at which its true parent is certain: an orphan's parent is
 * soon another. */
#include "../lib/ring.h"
#include "../lib/task.h"
#include <bpf/bpf_tracing.h>

static __always_inline void fork_report(struct task_struct *parent, struct task_struct *child,
					bool known)
{
	struct edge_fork *fork;

	if (FIELD(known, child, pid) != FIELD(known, child, tgid))
		return; /* a thread */
	fork = bulk_reserve(EDGE_KIND_FORK, sizeof(*fork));
	if (!fork)
		return;
	task_fill(&fork->task, parent, known);
	fork->child_start_ns = FIELD(known, child, start_boottime);
	fork->child_pid = FIELD(known, child, tgid);
	fork->pad = 0;
	bulk_submit(fork);
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(on_fork, struct task_struct *parent, struct task_struct *child)
{
	fork_report(parent, child, true);
	return 0;
}

SEC("raw_tp/sched_process_fork")
int BPF_PROG(on_fork_raw, struct task_struct *parent, struct task_struct *child)
{
	fork_report(parent, child, false);
	return 0;
}
