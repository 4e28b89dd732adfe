/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* A file was opened, whatever the way: finding it and reporting it. */
#ifndef OPEN_H
#define OPEN_H

#include "path.h"
#include "ring.h"
#include "task.h"
#include "watch.h"

static __always_inline struct file *file_of(struct task_struct *task, __u32 fd)
{
	struct fdtable *table = BPF_CORE_READ(task, files, fdt);
	struct file **files = BPF_CORE_READ(table, fd);
	struct file *file = 0;

	if (fd < BPF_CORE_READ(table, max_fds))
		bpf_probe_read_kernel(&file, sizeof(file), files + fd);
	return file;
}

/* The same of the current task, by plain loads where they do. */
static __always_inline struct file *current_file(struct task_struct *current, __u32 fd)
{
	struct fdtable *table;
	struct file *file = 0;

	if (!TASK_IS_TYPED)
		return file_of(current, fd);
	table = current->files->fdt;
	if (fd >= table->max_fds)
		return 0;
	if (CAST_IS_THERE)
		return (void *)AS(struct hlist_head, table->fd + fd)->first;
	bpf_probe_read_kernel(&file, sizeof(file), table->fd + fd);
	return file;
}

/* watch_possible for a file that was found and not handed over. */
static __always_inline bool found_watch_possible(struct file *file)
{
	if (CAST_IS_THERE)
		return watch_possible(AS(struct file, file), true);
	return watch_possible(file, false);
}

/* The file is reported if it is watched. The name lies in user memory; null = there is none, or it
 * is not known. Of its flags those are left out that it does not keep, or that are not the caller's
 * own. */
static __always_inline void open_report(struct scratch *scratch, struct task_struct *task,
					struct file *file, const void *name, __u16 origin,
					__u32 left_out)
{
	struct edge_file_open *open;

	if (!scratch)
		return;
	record_begin(scratch, sizeof(struct edge_file_open));
	open = (struct edge_file_open *)scratch->record;
	watch_match(&open->file, file, EDGE_WATCH_OPEN | EDGE_WATCH_FOLDER);
	if (!open->file.watch)
		return;
	/* The kernel drops O_CREAT from the flags of an open file; whether the call made the file
	 * stands in its mode. */
	open->open_flags = LOAD(file, f_flags) & ~left_out;
	if (LOAD(file, f_mode) & FMODE_CREATED)
		open->open_flags |= O_CREAT;
	file_fill(&open->file, file, false);
	/* The agent looks up identities through O_PATH, which gives no access, and lists watched
	 * folders; the content of a file that it opens is reported like anyone's. */
	if ((open->open_flags & O_PATH || S_ISDIR(open->file.mode)) && is_agent(task))
		return;

	open->header.origin = origin;
	task_fill(&open->task, task, false);
	open->file.path_flags |=
	    path_walk(scratch, LOAD_ADDRESS(file, f_path.dentry), LOAD_ADDRESS(file, f_path.mnt));
	open->path_len = path_append(scratch);
	if (name)
		open->asked_len = asked_append(scratch, name, true, &open->file.path_flags);
	scratch_output(scratch, EDGE_KIND_FILE_OPEN, EDGE_LANE_HIGH);
}

#endif
