// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * What io_uring does besides opens, which no system call shows. A change of names is put together
 * while its request waits for one of the kernel's threads, as all of them do: the kernel holds its
 * own copies of the names only until it is done. It is told when the request completes, with its
 * result. What has no names is looked at only then.
 *
 * Before 6.0 the completion does not say of which request it is, and nothing is seen.
 */
#include "../lib/call_report.h"

/* Changes that wait for their end: of watched names only, and as many as may be on their way at
 * once in a sane world. One that finds no place is told before its end. */
#define WAITING_MAX 64

#define REQUEST_SKIPS_SUCCESS (1 << 6) /* REQ_F_CQE_SKIP: no completion unless it fails */

struct waiting_call {
	char record[RECORD_MAX];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, WAITING_MAX);
	__type(key, __u64); /* address of the request */
	__type(value, struct waiting_call);
} waiting_calls SEC(".maps");

/* From 7.0 on a request holds its names in a struct of their own. */
#define REQUEST_NAME(type, request, field)                                                         \
	(bpf_core_field_exists(((struct type *)0)->field)                                          \
	     ? (__u64)BPF_CORE_READ((struct type *)(request), field, name)                         \
	 : bpf_core_field_exists(((struct type##___delayed *)0)->field)                            \
	     ? (__u64)BPF_CORE_READ((struct type##___delayed *)(request),                          \
				    field.__incomplete_filename, name)                             \
	     : 0)

/* What a field of a kind of request holds; 0 where the kernel does not know that kind. */
#define REQUEST_FIELD(type, request, field)                                                        \
	(bpf_core_field_exists(((struct type *)0)->field)                                          \
	     ? BPF_CORE_READ((struct type *)(request), field)                                      \
	     : 0)

/* The arguments as the system call of that name has them, with the names where the kernel copied
 * them to; returns the call's shape, or 0. */
static __always_inline __u32 change_read(struct io_kiocb *request, __u8 opcode, __u64 *arguments)
{
	switch (opcode) {
	case IORING_OP_RENAMEAT:
		arguments[0] = REQUEST_FIELD(io_rename, request, old_dfd);
		arguments[1] = REQUEST_NAME(io_rename, request, oldpath);
		arguments[2] = REQUEST_FIELD(io_rename, request, new_dfd);
		arguments[3] = REQUEST_NAME(io_rename, request, newpath);
		return SHAPE_RENAMEAT;
	case IORING_OP_LINKAT:
		arguments[0] = REQUEST_FIELD(io_link, request, old_dfd);
		arguments[1] = REQUEST_NAME(io_link, request, oldpath);
		arguments[2] = REQUEST_FIELD(io_link, request, new_dfd);
		arguments[3] = REQUEST_NAME(io_link, request, newpath);
		return SHAPE_LINKAT;
	case IORING_OP_SYMLINKAT:
		arguments[0] = REQUEST_NAME(io_link, request, oldpath);
		arguments[1] = REQUEST_FIELD(io_link, request, new_dfd);
		arguments[2] = REQUEST_NAME(io_link, request, newpath);
		return SHAPE_SYMLINKAT;
	case IORING_OP_UNLINKAT:
		arguments[0] = REQUEST_FIELD(io_unlink, request, dfd);
		arguments[1] = REQUEST_NAME(io_unlink, request, filename);
		arguments[2] = REQUEST_FIELD(io_unlink, request, flags);
		return SHAPE_AT(EDGE_CALL_UNLINK, 0, 1);
	}
	return 0;
}

static __always_inline bool is_change_request(__u8 opcode)
{
	return opcode == IORING_OP_RENAMEAT || opcode == IORING_OP_LINKAT ||
	       opcode == IORING_OP_SYMLINKAT || opcode == IORING_OP_UNLINKAT;
}

SEC("raw_tp/io_uring_queue_async_work")
int on_uring_queued(struct bpf_raw_tracepoint_args *context)
{
	struct trace_event_raw_io_uring_complete *completion = 0;
	struct io_kiocb *request = (void *)context->args[0];
	struct task_struct *task = (void *)bpf_get_current_task();
	__u64 key = context->args[0];
	struct scratch *scratch;
	struct edge_call *call;
	__u32 shape;
	__u8 opcode;

	if (!bpf_core_field_exists(completion->req))
		return 0;
	opcode = BPF_CORE_READ(request, opcode);
	if (!is_change_request(opcode) || is_agent(task))
		return 0;
	/* Of an earlier request that lay there and never ended. */
	bpf_map_delete_elem(&waiting_calls, &key);
	scratch = scratch_begin(&call_scratch, CALL_SLOT_URING_QUEUED, sizeof(struct edge_call));
	if (!scratch)
		return 0;
	call = (struct edge_call *)scratch->record;
	shape = change_read(request, opcode, call->arguments);
	call->call = SHAPE_CALL(shape);
	if (!names_fill(scratch, CALL_SLOT_URING_QUEUED, call, task, shape, false))
		return 0;
	arguments_settle(scratch, call, shape);
	task_fill(&call->task, task, false);
	call->header.origin = EDGE_ORIGIN_IO_URING;
	call->header.size = scratch->used & RECORD_MASK;
	if (BPF_CORE_READ(request, flags) & REQUEST_SKIPS_SUCCESS ||
	    bpf_map_update_elem(&waiting_calls, &key, scratch->record, BPF_ANY))
		scratch_output(scratch, EDGE_KIND_CALL, EDGE_LANE_BULK);
	return 0;
}

static __always_inline void change_done(struct io_kiocb *request, __s32 result)
{
	__u64 key = (__u64)request;
	struct waiting_call *waiting = bpf_map_lookup_elem(&waiting_calls, &key);
	struct edge_call *call;

	if (!waiting)
		return;
	call = (struct edge_call *)waiting->record;
	call->result = result;
	if (result >= 0 || result == -EACCES || result == -EPERM)
		record_output(call, call->header.size & RECORD_MASK, EDGE_KIND_CALL,
			      EDGE_LANE_BULK);
	bpf_map_delete_elem(&waiting_calls, &key);
}

/* What is known of the request itself: the object of the call, or its arguments, or nothing more
 * than that it was refused. */
static __always_inline bool rest_fill(struct scratch *scratch, struct edge_call *call,
				      struct io_kiocb *request, __u8 opcode)
{
	switch (opcode) {
	case IORING_OP_FTRUNCATE:
		call->call = EDGE_CALL_TRUNCATE;
		call->arguments[0] = REQUEST_FIELD(io_ftrunc, request, len);
		return object_fill(scratch, CALL_SLOT_URING_DONE, call,
				   BPF_CORE_READ(request, file));
	case IORING_OP_SOCKET:
		call->call = EDGE_CALL_RAW_SOCKET;
		call->file.path_flags = EDGE_PATH_UNVERIFIED;
		call->arguments[0] = REQUEST_FIELD(io_socket, request, domain);
		call->arguments[1] = REQUEST_FIELD(io_socket, request, type);
		call->arguments[2] = REQUEST_FIELD(io_socket, request, protocol);
		return is_rare(call);
	case IORING_OP_OPENAT:
	case IORING_OP_OPENAT2:
		call->call = EDGE_CALL_OPEN;
		call->file.path_flags = EDGE_PATH_UNVERIFIED | EDGE_PATH_ASKED_UNREADABLE;
		return true;
	}
	return false;
}

static __always_inline bool is_done_or_denied(__u8 opcode, __s32 result)
{
	bool denied = result == -EACCES || result == -EPERM;

	if (opcode == IORING_OP_OPENAT || opcode == IORING_OP_OPENAT2)
		return denied;
	return (opcode == IORING_OP_FTRUNCATE || opcode == IORING_OP_SOCKET) &&
	       (result >= 0 || denied);
}

SEC("raw_tp/io_uring_complete")
int on_uring_done(struct bpf_raw_tracepoint_args *context)
{
	struct trace_event_raw_io_uring_complete *completion = 0;
	struct io_kiocb *request = (void *)context->args[1];
	struct task_struct *task = (void *)bpf_get_current_task();
	struct scratch *scratch;
	struct edge_call *call;
	__s32 result;
	__u8 opcode;

	if (!bpf_core_field_exists(completion->req) || !request)
		return 0;
	opcode = BPF_CORE_READ(request, opcode);
	result = BPF_CORE_READ(request, cqe.res);
	if (is_change_request(opcode))
		change_done(request, result);
	if (!is_done_or_denied(opcode, result) || is_agent(task))
		return 0;
	scratch = scratch_begin(&call_scratch, CALL_SLOT_URING_DONE, sizeof(struct edge_call));
	if (!scratch)
		return 0;
	call = (struct edge_call *)scratch->record;
	call->result = result;
	if (!rest_fill(scratch, call, request, opcode))
		return 0;
	task_fill(&call->task, task, false);
	call->header.origin = EDGE_ORIGIN_IO_URING;
	scratch_output(scratch, EDGE_KIND_CALL, call->file.watch ? EDGE_LANE_HIGH : EDGE_LANE_BULK);
	return 0;
}
