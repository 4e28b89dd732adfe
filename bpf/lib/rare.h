/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Calls that change no file: which of them matter, by their arguments. */
#ifndef RARE_H
#define RARE_H

#include "maps.h"
#include "../include/edge_call.h"

#define BPF_PROG_LOAD 5
#define PTRACE_ATTACH 16
#define PTRACE_SEIZE 0x4206
#define AF_INET 2
#define AF_INET6 10
#define AF_PACKET 17
#define AF_XDP 44
#define SOCK_TYPE_MASK 0xf
#define SOCK_DGRAM 2
#define SOCK_RAW 3
#define SOCK_PACKET 10 /* of AF_INET: the kernel makes it AF_PACKET */
#define IPPROTO_ICMP 1
#define IPPROTO_ICMPV6 58
#define IPPROTO_SCTP 132
#define SYS_SOCKET 1		    /* of socketcall */
#define NAMESPACE_FLAGS 0x7e020080U /* CLONE_NEW* */

/* socket() of old 32-bit programs: the arguments lie in user memory. */
static __always_inline void socketcall_read(struct edge_call *call)
{
	__u32 arguments[3] = {};

	if ((__u32)call->arguments[0] != SYS_SOCKET ||
	    bpf_probe_read_user(arguments, sizeof(arguments), (void *)call->arguments[1]))
		return;
	call->call = EDGE_CALL_RAW_SOCKET;
	call->arguments[0] = arguments[0];
	call->arguments[1] = arguments[1];
	call->arguments[2] = arguments[2];
	call->arguments[3] = 0;
}

/* Sockets below or beside TCP and UDP, of which the network hooks see nothing: raw ones, those of
 * ping, SCTP. */
static __always_inline bool is_unseen(__u32 family, __u32 type, __u32 protocol)
{
	if (family == AF_PACKET || family == AF_XDP)
		return true;
	if (family != AF_INET && family != AF_INET6)
		return false;
	return type == SOCK_RAW || (family == AF_INET && type == SOCK_PACKET) ||
	       (type == SOCK_DGRAM && (protocol == IPPROTO_ICMP || protocol == IPPROTO_ICMPV6)) ||
	       protocol == IPPROTO_SCTP;
}

/*
 * Of calls that are no change of a file: those with a meaning that matters. The kernel looks at the
 * lower half of the registers only: who sets a bit above it must not get past.
 */
static __always_inline bool is_rare(struct edge_call *call)
{
	__u32 first = call->arguments[0], second = call->arguments[1], third = call->arguments[2];

	switch (call->call) {
	case EDGE_CALL_BPF_LOAD:
		return first == BPF_PROG_LOAD;
	case EDGE_CALL_PTRACE:
		return first == PTRACE_ATTACH || first == PTRACE_SEIZE;
	case EDGE_CALL_UNSHARE:
		return first & NAMESPACE_FLAGS;
	case EDGE_CALL_RAW_SOCKET:
		return is_unseen(first, second & SOCK_TYPE_MASK, third);
	case CALL_SOCKETCALL:
		return false;
	}
	return true;
}

#endif
