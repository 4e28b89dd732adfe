// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Names and files that the kernel is about to change: on fentry, for kernels that do not preempt
 * tasks inside the kernel; for the others change_allowed.bpf.c. The functions exist where the
 * kernel is built with CONFIG_SECURITY_PATH. The owner comes by value in a struct, which kernels
 * before 6.1 do not hand to programs.
 */
#include "../lib/change.h"

#define CHECKED(call) CHANGE(call, CALL_SLOT_CHANGE)

SEC("fentry/security_path_rename")
int BPF_PROG(on_change_rename, const struct path *from_folder, struct dentry *from,
	     const struct path *to_folder, struct dentry *to)
{
	return change_seen(to, from, LOAD(to_folder, mnt), CHECKED(EDGE_CALL_RENAME), 0);
}

SEC("fentry/security_path_link")
int BPF_PROG(on_change_link, struct dentry *from, const struct path *folder, struct dentry *to)
{
	return change_seen(to, from, LOAD(folder, mnt), CHECKED(EDGE_CALL_LINK), 0);
}

SEC("fentry/security_path_symlink")
int BPF_PROG(on_change_symlink, const struct path *folder, struct dentry *entry, const char *text)
{
	return change_seen(entry, 0, LOAD(folder, mnt), CHECKED(EDGE_CALL_SYMLINK), text);
}

SEC("fentry/security_path_unlink")
int BPF_PROG(on_change_unlink, const struct path *folder, struct dentry *entry)
{
	return change_seen(entry, 0, LOAD(folder, mnt), CHECKED(EDGE_CALL_UNLINK), 0);
}

SEC("fentry/security_path_rmdir")
int BPF_PROG(on_change_rmdir, const struct path *folder, struct dentry *entry)
{
	return change_seen(entry, 0, LOAD(folder, mnt),
			   CHECKED(EDGE_CALL_UNLINK) | CHANGE_OF_FOLDER, 0);
}

SEC("fentry/security_path_truncate")
int BPF_PROG(on_change_truncate, const struct path *path)
{
	return change_seen(LOAD(path, dentry), 0, LOAD(path, mnt), CHECKED(EDGE_CALL_TRUNCATE), 0);
}

SEC("fentry/security_path_chmod")
int BPF_PROG(on_change_chmod, const struct path *path)
{
	return change_seen(LOAD(path, dentry), 0, LOAD(path, mnt), CHECKED(EDGE_CALL_CHMOD), 0);
}

SEC("fentry/security_path_chown")
int BPF_PROG(on_change_chown, const struct path *path)
{
	return change_seen(LOAD(path, dentry), 0, LOAD(path, mnt), CHECKED(EDGE_CALL_CHOWN), 0);
}
