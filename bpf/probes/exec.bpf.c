// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* A program started. Only successful execs come here, when the new image is in place and all other
 * threads are gone. */
#include "../lib/path.h"
#include "../lib/ring.h"
#include "../lib/task.h"
#include "../lib/watch.h"
#include <bpf/bpf_tracing.h>

SCRATCH_MAP(exec_scratch);

static __always_inline void argv_append(struct scratch *scratch, struct edge_exec *exec,
					struct task_struct *task)
{
	struct mm_struct *mm = LOAD(task, mm);
	unsigned long start = LOAD(mm, arg_start);
	unsigned long total = LOAD(mm, arg_end) - start;
	__u32 length;

	if (!total)
		return;
	total--; /* the last argument's NUL */
	exec->argv_total = total;
	length = total < EDGE_ARGV_MAX ? total : EDGE_ARGV_MAX;
	if (!bpf_probe_read_user(scratch_tail(scratch), length, (void *)start))
		exec->argv_len = scratch_advance(scratch, length);
}

static __always_inline void exec_report(struct task_struct *task, struct linux_binprm *bprm,
					bool known)
{
	struct scratch *scratch = scratch_begin(&exec_scratch, 0, sizeof(struct edge_exec));
	struct file *file = FIELD(known, bprm, file);
	struct fs_struct *fs = LOAD(task, fs);
	const char *asked = FIELD(known, bprm, filename);
	const char *interpreter = FIELD(known, bprm, interp);
	struct edge_exec *exec;
	__u16 ignored = 0;
	__u32 lane;

	if (!scratch)
		return;
	exec = (struct edge_exec *)scratch->record;
	task_fill(&exec->task, task, known);
	file_fill(&exec->file, file, known);
	if (watch_possible_near(file, known))
		watch_match(&exec->file, file, EDGE_WATCH_EXEC);

	exec->file.path_flags |=
	    path_walk(scratch, LOAD_ADDRESS(file, f_path.dentry), LOAD_ADDRESS(file, f_path.mnt));
	exec->path_len = path_append(scratch);
	exec->asked_len = asked_append(scratch, asked, false, &exec->file.path_flags);
	/* For a binary both pointers are the same; for a script `file` is the interpreter and
	 * `asked` names the script. */
	if (interpreter != asked)
		exec->interpreter_len = asked_append(scratch, interpreter, false, &ignored);
	path_walk(scratch, LOAD_ADDRESS(fs, pwd.dentry), LOAD_ADDRESS(fs, pwd.mnt));
	exec->cwd_len = path_append(scratch);
	argv_append(scratch, exec, task);

	lane =
	    exec->file.watch || exec->task.uid != exec->task.euid ? EDGE_LANE_HIGH : EDGE_LANE_BULK;
	scratch_output(scratch, EDGE_KIND_EXEC, lane);
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, int old_pid, struct linux_binprm *bprm)
{
	exec_report(task, bprm, true);
	return 0;
}

SEC("raw_tp/sched_process_exec")
int BPF_PROG(on_exec_raw, struct task_struct *task, int old_pid, struct linux_binprm *bprm)
{
	exec_report(task, bprm, false);
	return 0;
}
