// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* The processes that ran before the agent: one edge_task for each thread group leader. */
#include "../lib/task.h"
#include <bpf/bpf_tracing.h>

SEC("iter/task")
int on_process(struct bpf_iter__task *context)
{
	struct task_struct *task = context->task;
	struct edge_task process = {};

	if (!task || LOAD(task, pid) != LOAD(task, tgid))
		return 0;
	task_fill(&process, task, false);
	bpf_seq_write(context->meta->seq, &process, sizeof(process));
	return 0;
}
