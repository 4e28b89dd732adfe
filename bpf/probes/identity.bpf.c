// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The kernel's own identity of the files the agent holds open through O_PATH. stat(2) cannot give
 * it: on overlayfs and btrfs its device number is not the super block's.
 */
#include "../lib/task.h"
#include "../lib/watch.h"
#include <bpf/bpf_tracing.h>

SEC("iter/task_file")
int on_identity(struct bpf_iter__task_file *context)
{
	struct edge_file_identity identity = {};
	struct task_struct *task = context->task;
	struct file *file = context->file;
	struct dentry *dentry, *parent;
	struct edge_inode_key key;

	if (!task || !file || !is_agent(task) || !(LOAD(file, f_flags) & O_PATH))
		return 0;
	inode_key_fill(&key, LOAD(file, f_inode));
	identity.fd = context->fd;
	identity.device = key.device;
	identity.inode = key.inode;
	identity.generation = key.generation;

	dentry = LOAD(file, f_path.dentry);
	parent = LOAD(dentry, d_parent);
	if (parent != dentry) {
		inode_key_fill(&key, LOAD(parent, d_inode));
		identity.parent_inode = key.inode;
		identity.parent_generation = key.generation;
	}
	bpf_seq_write(context->meta->seq, &identity, sizeof(identity));
	return 0;
}
