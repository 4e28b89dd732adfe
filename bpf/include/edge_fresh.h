/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Whether folders may lie below watched ones that the agent has not listed yet. While none do, a
 * file below a watched folder has a folder that is in the filter, and no more is asked. The C#
 * mirror is src/EdgeAgent/Probes/FreshFolders.cs.
 */
#ifndef EDGE_FRESH_H
#define EDGE_FRESH_H

/* The section that holds it, as the map is called. */
#define EDGE_FRESH ".data.fresh"

/* By enum edge_call_kind, from that of renames on; then the removal of folders, which is of the
 * same kind as that of names and has a program of its own. */
#define EDGE_FRESH_CHANGES 8

struct edge_fresh {
	/* 0 = the agent has listed all. The probes count up, before a folder comes to be below a
	 * watched one; the agent sets it to 0 after a look round that began at the number which
	 * still stands there. */
	__u64 folders;
	/* Folders that the agent itself made or renamed, anywhere: so it sees that the probes run.
	 */
	__u64 own;
	/* Changes of names and files by the agent itself that the programs saw which the kernel
	 * asks about them (probes/change_*.bpf.c), by program. */
	__u64 own_changes[EDGE_FRESH_CHANGES];
};

#endif
