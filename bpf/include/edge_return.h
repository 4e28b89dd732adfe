/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * What a program at the return of system calls shows. Whoever loads it says so before; what is not
 * wanted is dead code to the kernel and costs nothing. The C# mirror is
 * src/EdgeAgent/Probes/ReturnPrograms.cs.
 */
#ifndef EDGE_RETURN_H
#define EDGE_RETURN_H

/* The section that holds one struct edge_returns, as the map is called. */
#define EDGE_RETURNS ".rodata.returns"

enum edge_return {
	EDGE_RETURN_OPENS = 1 << 0,
	EDGE_RETURN_CALLS = 1 << 1,
};

/* By program: enum edge_return bits; and what holds for all of them. */
struct edge_returns {
	__u32 on_return;
	__u32 on_return_raw;
	__u32 on_return_trace;
	__u32 on_call_return; /* on_optional_return and on_call_answered, too */
	/* Bits 1 << enum edge_call_kind: changes that the kernel's own check of them tells of
	 * (probes/change_*.bpf.c), so that the names in user memory are not believed. */
	__u32 noted;
};

#endif
