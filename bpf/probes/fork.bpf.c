// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* A process was made. The only moment at which its true parent is certain: an orphan's parent is
 * soon another. */
#include "../lib/ring.h"
#include "../lib/task.h"
#include <bpf/bpf_tracing.h>

SEC("tp_btf/sched_process_fork")
int BPF_PROG(on_fork, struct task_struct *parent, struct task_struct *child)
{
	struct edge_fork *fork;

	if (BPF_CORE_READ(child, pid) != BPF_CORE_READ(child, tgid))
		return 0; /* a thread */
	fork = bulk_reserve(EDGE_KIND_FORK, sizeof(*fork));
	if (!fork)
		return 0;
	task_fill(&fork->task, parent);
	fork->child_start_ns = BPF_CORE_READ(child, start_boottime);
	fork->child_pid = BPF_CORE_READ(child, tgid);
	fork->pad = 0;
	bulk_submit(fork);
	return 0;
}
