/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Which calls matter, by how they ended; by their arguments: rare.h. */
#ifndef CALL_H
#define CALL_H

#include "rare.h"

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

/* Before 6.3 the verifier forgets a bound when the number goes to the stack. The compiler knows the
 * mask to change nothing and would leave it out. */
static __always_inline union call_shapes shapes_at(__u32 number)
{
	barrier_var(number);
	return (union call_shapes){.both = shapes[number & (CALL_NUMBERS - 1)].both};
}

/* A call that opens a file when it succeeds. */
static __always_inline bool is_open(__u32 shape)
{
	return SHAPE_CALL(shape) == EDGE_CALL_OPEN || SHAPE_CALL(shape) == CALL_OPEN_BY_HANDLE;
}

/* A change of a name or a file. Whatever its result, what was noted of it is to go. */
static __always_inline bool is_change(__u32 shape)
{
	return SHAPE_CALL(shape) - EDGE_CALL_RENAME <= EDGE_CALL_CHOWN - EDGE_CALL_RENAME;
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

	if (!shape || call == CALL_OPEN_BY_HANDLE)
		return false;
	if (call == EDGE_CALL_OPEN)
		return is_refusal(result);
	return result >= 0 || result == -EACCES || result == -EPERM ||
	       call == EDGE_CALL_MODULE_LOAD;
}

#endif
