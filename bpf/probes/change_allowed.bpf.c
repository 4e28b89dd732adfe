// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The same as change_checked among the security modules, for kernels that preempt tasks inside the
 * kernel: from 6.2 on none is left out there. Whether a module allows the change does not matter
 * here; its result is known when the call returns.
 */
#include "../lib/change.h"

#ifndef SEQUENCE_BY_CLAIMS
#define ALLOWED(call) CHANGE(call, CALL_SLOT_ANY)

SEC("lsm/path_rename")
int BPF_PROG(on_change_rename_allowed, const struct path *from_folder, struct dentry *from,
	     const struct path *to_folder, struct dentry *to)
{
	return change_seen(to, from, LOAD(to_folder, mnt), ALLOWED(EDGE_CALL_RENAME), 0);
}

SEC("lsm/path_link")
int BPF_PROG(on_change_link_allowed, struct dentry *from, const struct path *folder,
	     struct dentry *to)
{
	return change_seen(to, from, LOAD(folder, mnt), ALLOWED(EDGE_CALL_LINK), 0);
}

SEC("lsm/path_symlink")
int BPF_PROG(on_change_symlink_allowed, const struct path *folder, struct dentry *entry,
	     const char *text)
{
	return change_seen(entry, 0, LOAD(folder, mnt), ALLOWED(EDGE_CALL_SYMLINK), text);
}

SEC("lsm/path_unlink")
int BPF_PROG(on_change_unlink_allowed, const struct path *folder, struct dentry *entry)
{
	return change_seen(entry, 0, LOAD(folder, mnt), ALLOWED(EDGE_CALL_UNLINK), 0);
}

SEC("lsm/path_rmdir")
int BPF_PROG(on_change_rmdir_allowed, const struct path *folder, struct dentry *entry)
{
	return change_seen(entry, 0, LOAD(folder, mnt),
			   ALLOWED(EDGE_CALL_UNLINK) | CHANGE_OF_FOLDER, 0);
}

SEC("lsm/path_truncate")
int BPF_PROG(on_change_truncate_allowed, const struct path *path)
{
	return change_seen(LOAD(path, dentry), 0, LOAD(path, mnt), ALLOWED(EDGE_CALL_TRUNCATE), 0);
}

SEC("lsm/path_chmod")
int BPF_PROG(on_change_chmod_allowed, const struct path *path)
{
	return change_seen(LOAD(path, dentry), 0, LOAD(path, mnt), ALLOWED(EDGE_CALL_CHMOD), 0);
}

SEC("lsm/path_chown")
int BPF_PROG(on_change_chown_allowed, const struct path *path)
{
	return change_seen(LOAD(path, dentry), 0, LOAD(path, mnt), ALLOWED(EDGE_CALL_CHOWN), 0);
}
#endif
