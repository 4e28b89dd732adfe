/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* A folder is about to be made or renamed. Asked by the kernel while it holds the lock of the
 * folder above: whoever lists that one later finds the new one in it. */
#ifndef FRESH_H
#define FRESH_H

#include "task.h"
#include "watch.h"

/* Deeper ones count as being below a watched folder. */
#define FRESH_LEVELS 64

static __always_inline bool is_watched_folder(struct dentry *entry)
{
	struct inode *inode = LOAD_ADDRESS(entry, d_inode);
	struct edge_inode_key key = {};
	__u32 *bits;

	if (!filter_at(filter_agent.buckets, LOAD(inode, i_ino)))
		return false;
	inode_key_fill(&key, inode);
	bits = bpf_map_lookup_elem(&watch_inodes, &key);
	return bits && *bits & EDGE_WATCH_FOLDER;
}

/* Whether the folder is watched, or one above it. */
static __noinline int is_in_watched(struct dentry *folder)
{
	for (int i = 0; i < FRESH_LEVELS; i++) {
		struct dentry *above = LOAD_ADDRESS(folder, d_parent);

		if (is_watched_folder(folder))
			return true;
		if (above == folder)
			return false;
		folder = above;
	}
	return true;
}

static __always_inline void fresh_own(void)
{
	if (is_agent((void *)bpf_get_current_task()))
		__sync_fetch_and_add(&fresh.own, 1);
}

static __always_inline void fresh_in(struct dentry *folder)
{
	if (is_in_watched(folder))
		__sync_fetch_and_add(&fresh.folders, 1);
}

static __always_inline void folder_made(struct dentry *entry)
{
	fresh_own();
	fresh_in(LOAD_ADDRESS(entry, d_parent));
}

static __always_inline bool is_folder(struct dentry *entry)
{
	struct inode *inode = LOAD_ADDRESS(entry, d_inode);

	return inode && S_ISDIR(LOAD(inode, i_mode));
}

/* Either may take the place of the other. */
static __always_inline void folder_moved(struct dentry *from, struct dentry *to)
{
	if (!is_folder(from) && !is_folder(to))
		return;
	fresh_own();
	fresh_in(LOAD_ADDRESS(from, d_parent));
	fresh_in(LOAD_ADDRESS(to, d_parent));
}

#endif
