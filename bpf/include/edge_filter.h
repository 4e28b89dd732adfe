/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The watch filter: a table of bytes that answers "surely not watched" for nearly every file,
 * before any hash map is asked.
 *
 * bucket(inode) = (inode * 0x9E3779B1 mod 2^32) >> 16
 *
 * A bucket is not 0 when it holds the inode number of a key of watch_inodes or of a folder of
 * watch_names. The agent writes the table in EDGE_FILTER_AGENT, before it adds the entries; the
 * probes write the one in EDGE_FILTER_LEARNT. Device and generation of an inode have no part in it:
 * a file of the same number elsewhere is asked about in the maps, which know better; to load the
 * device would cost all files. The C# mirror is src/EdgeAgent/Probes/WatchFilter.cs.
 */
#ifndef EDGE_FILTER_H
#define EDGE_FILTER_H

#define EDGE_FILTER_SIZE 65536 /* buckets of a table */
#define EDGE_FILTER_MULTIPLIER 0x9E3779B1U
#define EDGE_FILTER_SHIFT 16

/* The sections that hold a table each, as the maps are called. */
#define EDGE_FILTER_AGENT ".data.filter_agent"
#define EDGE_FILTER_LEARNT ".data.filter_learnt"

struct edge_filter_table {
	__u8 buckets[EDGE_FILTER_SIZE];
};

/* Value of learnt_inodes: the bits, and the folder in which the inode was met, so that the agent
 * can have it forgotten with that folder. */
struct edge_learnt {
	__u32 watch; /* enum edge_watch bits */
	__u32 device;
	__u64 parent_inode;
};

static inline __attribute__((always_inline)) __u32 edge_filter_bucket(__u64 inode)
{
	return ((__u32)inode * EDGE_FILTER_MULTIPLIER) >> EDGE_FILTER_SHIFT;
}

#endif
