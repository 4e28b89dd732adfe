/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The watch filter: a table of bytes that answers "surely not watched" for nearly every file,
 * before any hash map is asked.
 *
 * bucket(inode, device) = ((inode XOR (device << 32)) * 0x9E3779B97F4A7C15 mod 2^64) >> 48
 *
 * A bucket is not 0 when it holds a key of watch_inodes (inode, device) or a folder of watch_names
 * (parent_inode, device). The agent writes the table in EDGE_FILTER_AGENT, before it adds the
 * entries; the probes write the one in EDGE_FILTER_LEARNT. The generation of an inode has no part
 * in it. The C# mirror is src/EdgeAgent/Probes/WatchFilter.cs.
 */
#ifndef EDGE_FILTER_H
#define EDGE_FILTER_H

#define EDGE_FILTER_SIZE 65536 /* buckets of a table */
#define EDGE_FILTER_MULTIPLIER 0x9E3779B97F4A7C15ULL
#define EDGE_FILTER_SHIFT 48

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

static inline __attribute__((always_inline)) __u32 edge_filter_bucket(__u64 inode, __u32 device)
{
	return ((inode ^ ((__u64)device << 32)) * EDGE_FILTER_MULTIPLIER) >> EDGE_FILTER_SHIFT;
}

#endif
