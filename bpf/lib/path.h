/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* From the kernel's own dentry and mount to the path as seen from the root of the mount namespace.
 */
#ifndef PATH_H
#define PATH_H

#include "field.h"
#include "scratch.h"

/* Components and mount points a walk passes; 128 would still fit 5.10's verifier. */
#define PATH_STEPS 64
#define PATH_END (EDGE_PATH_MAX - 1)
#define PATH_MASK (EDGE_PATH_MAX - 1)
#define NAME_MASK 255 /* NAME_MAX */

/*
 * Writes the path right to left into scratch->path and returns enum edge_path_flag bits. Takes no
 * lock: a rename in the middle of the walk can mix old and new names, the identity of the file is
 * not touched by that.
 */
static __always_inline __u32 path_walk(struct scratch *scratch, struct dentry *dentry,
				       struct vfsmount *vfsmount)
{
	struct mount *mount = (void *)vfsmount - bpf_core_field_offset(struct mount, mnt);
	struct dentry *mount_root = LOAD_ADDRESS(vfsmount, mnt_root);
	__u32 flags = 0;
	bool complete = false;

	scratch->path_start = PATH_END;
	if (dentry != mount_root && dentry != LOAD_ADDRESS(dentry, d_parent) &&
	    !LOAD(dentry, d_hash.pprev))
		flags |= EDGE_PATH_DELETED;

	for (int i = 0; i < PATH_STEPS; i++) {
		struct dentry *parent;
		__u32 start, length;

		if (dentry == mount_root) {
			struct mount *above = LOAD_ADDRESS(mount, mnt_parent);

			if (above == mount) {
				complete = true;
				break;
			}
			dentry = LOAD_ADDRESS(mount, mnt_mountpoint);
			mount = above;
			mount_root = LOAD_ADDRESS(mount, mnt.mnt_root);
			continue;
		}

		parent = LOAD_ADDRESS(dentry, d_parent);
		length = LOAD(dentry, d_name.len) & NAME_MASK;
		start = scratch->path_start;
		if (start < length + 1)
			break;
		start -= length;
		bpf_probe_read_kernel(&scratch->path[start & PATH_MASK], length,
				      LOAD(dentry, d_name.name));
		start--;
		scratch->path[start & PATH_MASK] = '/';
		scratch->path_start = start;

		/* The root of a file system that is not mounted here: memfd, pipe, a detached
		 * mount. */
		if (parent == dentry) {
			flags |= EDGE_PATH_DETACHED;
			complete = true;
			break;
		}
		dentry = parent;
	}

	if (!complete) {
		if (scratch->path_start < PATH_END)
			scratch->path_start++;
		return flags | EDGE_PATH_TRUNCATED;
	}
	if (scratch->path_start == PATH_END) {
		scratch->path_start = PATH_END - 1;
		scratch->path[PATH_END - 1] = '/';
	}
	return flags;
}

/* Appends the walked path to the record; returns its length. */
static __always_inline __u16 path_append(struct scratch *scratch)
{
	__u32 start = scratch->path_start & PATH_MASK;
	__u32 length = PATH_END - start;

	if (bpf_probe_read_kernel(scratch_tail(scratch), length, &scratch->path[start]))
		return 0;
	return scratch_advance(scratch, length);
}

/* Appends a name from user memory, or from the kernel's copy of it; adds to *flags what is wrong
 * with it. */
static __always_inline __u16 asked_append(struct scratch *scratch, const void *name, bool from_user,
					  __u16 *flags)
{
	char *tail = scratch_tail(scratch);
	long size = from_user ? bpf_probe_read_user_str(tail, EDGE_ASKED_MAX + 1, name)
			      : bpf_probe_read_kernel_str(tail, EDGE_ASKED_MAX + 1, name);

	if (size < 0)
		*flags |= EDGE_PATH_ASKED_UNREADABLE;
	if (size == EDGE_ASKED_MAX + 1)
		*flags |= EDGE_PATH_ASKED_TRUNCATED;
	return scratch_advance(scratch, size - 1);
}

#endif
