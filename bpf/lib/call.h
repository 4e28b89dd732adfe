/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Which calls matter: by their arguments, and by how they ended. */
#ifndef CALL_H
#define CALL_H

#include "maps.h"
#include "../include/edge_call.h"

#define EPERM 1
#define ENOENT 2
#define EINTR 4
#define ENXIO 6
#define EAGAIN 11
#define EACCES 13
#define EEXIST 17
#define ENODEV 19
#define ENOTDIR 20
#define ERESTARTSYS 512

#define BPF_PROG_LOAD 5
#define PTRACE_ATTACH 16
#define PTRACE_SEIZE 0x4206
#define AF_INET 2
#define AF_INET6 10
#define AF_PACKET 17
#define SOCK_TYPE_MASK 0xf
#define SOCK_RAW 3
#define NAMESPACE_FLAGS 0x7e020080U /* CLONE_NEW* */

/* Before 6.3 the verifier forgets a bound when the number goes to the stack. The compiler knows the
 * mask to change nothing and would leave it out. */
static __always_inline __u32 shape_at(const __u32 *shapes, __u32 number)
{
	barrier_var(number);
	return shapes[number & (CALL_NUMBERS - 1)];
}

/*
 * Of calls that are no change of a file: those with a meaning that matters. The kernel looks at the
 * lower half of the registers only: who sets a bit above it must not get past.
 */
static __always_inline bool is_rare(struct edge_call *call)
{
	__u32 first = call->arguments[0], second = call->arguments[1];

	switch (call->call) {
	case EDGE_CALL_BPF_LOAD:
		return first == BPF_PROG_LOAD;
	case EDGE_CALL_PTRACE:
		return first == PTRACE_ATTACH || first == PTRACE_SEIZE;
	case EDGE_CALL_UNSHARE:
		return first & NAMESPACE_FLAGS;
	case EDGE_CALL_RAW_SOCKET:
		return first == AF_PACKET || ((first == AF_INET || first == AF_INET6) &&
					      (second & SOCK_TYPE_MASK) == SOCK_RAW);
	case CALL_SOCKETCALL:
		return false;
	}
	return true;
}

/* An open whose failure says that somebody tried: not that there is nothing to open, or not now. */
static __always_inline bool is_refusal(long result)
{
	switch (-result) {
	case ENOENT:
	case ENOTDIR:
	case EINTR:
	case EAGAIN:
	case ENXIO:
	case ENODEV:
	case EEXIST:
		return false;
	}
	return result < 0 && result > -ERESTARTSYS;
}

/* Whether the call is one to report with this result: it was done or denied. That nothing came of
 * the attempt to load a module is no excuse. */
static __always_inline bool is_told(__u32 shape, long result)
{
	__u32 call = SHAPE_CALL(shape);

	if (!shape)
		return false;
	if (call == EDGE_CALL_OPEN)
		return is_refusal(result);
	return result >= 0 || result == -EACCES || result == -EPERM ||
	       call == EDGE_CALL_MODULE_LOAD;
}

#endif
