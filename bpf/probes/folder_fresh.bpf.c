// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A folder comes to be below a watched one, by mkdir or rename, whoever asks the kernel for it.
 * Until the agent has listed it, opens are looked at more closely. On fentry for kernels that do
 * not preempt tasks inside the kernel, which leave none out there; for the others among the
 * security modules, from 6.2 on, as file_open_allowed.
 */
#include "../lib/fresh.h"
#include <bpf/bpf_tracing.h>

SEC("fentry/security_inode_mkdir")
int BPF_PROG(on_folder_made, struct inode *above, struct dentry *entry)
{
	folder_made(entry);
	return 0;
}

SEC("fentry/security_inode_rename")
int BPF_PROG(on_folder_moved, struct inode *above_from, struct dentry *from, struct inode *above_to,
	     struct dentry *to)
{
	folder_moved(from, to);
	return 0;
}

#ifndef SEQUENCE_BY_CLAIMS
SEC("lsm/inode_mkdir")
int BPF_PROG(on_folder_made_allowed, struct inode *above, struct dentry *entry)
{
	folder_made(entry);
	return 0;
}

SEC("lsm/inode_rename")
int BPF_PROG(on_folder_moved_allowed, struct inode *above_from, struct dentry *from,
	     struct inode *above_to, struct dentry *to)
{
	folder_moved(from, to);
	return 0;
}
#endif
