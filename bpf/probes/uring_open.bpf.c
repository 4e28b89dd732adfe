// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A watched file was opened through io_uring, which no system call shows: looked at when the
 * request completes, in whatever thread the kernel makes it complete. The name that was asked for
 * is gone by then.
 *
 * Not seen is a request that asks for no completion (IOSQE_CQE_SKIP_SUCCESS), or whose file is
 * closed again before its batch completes: no tracepoint lies between the open and that.
 */
#include "../lib/open.h"

SCRATCH_MAP(uring_open_scratch);

/* The low bits of a registered file's pointer are flags. */
#define REGISTERED_FILE_MASK (~7UL)

static __always_inline struct file *registered_file(struct io_ring_ctx *ring, __u32 slot)
{
	struct io_file_table___before_6_13 *before = (void *)&ring->file_table;
	unsigned long file = 0;

	if (bpf_core_field_exists(before->files)) {
		struct io_fixed_file *files = BPF_CORE_READ(before, files);

		bpf_probe_read_kernel(&file, sizeof(file),
				      (void *)files +
					  slot * bpf_core_type_size(struct io_fixed_file));
	} else if (slot < BPF_CORE_READ(ring, file_table.data.nr)) {
		struct io_rsrc_node **nodes = BPF_CORE_READ(ring, file_table.data.nodes), *node = 0;

		bpf_probe_read_kernel(&node, sizeof(node), nodes + slot);
		file = BPF_CORE_READ(node, file_ptr);
	}
	return (struct file *)(file & REGISTERED_FILE_MASK);
}

SEC("raw_tp/io_uring_complete")
int on_uring_complete(struct bpf_raw_tracepoint_args *context)
{
	struct trace_event_raw_io_uring_complete *known = 0;
	struct io_kiocb *request;
	struct task_struct *task;
	struct file *file;
	__u32 slot;
	__s32 result;
	__u8 opcode;

	/* Before 6.0 the second argument is a number of the program's own choice. */
	if (!bpf_core_field_exists(known->req))
		return 0;
	request = (void *)context->args[1];
	if (!request)
		return 0;
	/* Every completion of the host comes here. */
	opcode = BPF_CORE_READ(request, opcode);
	if (opcode != IORING_OP_OPENAT && opcode != IORING_OP_OPENAT2)
		return 0;
	result = BPF_CORE_READ(request, cqe.res);
	if (result < 0)
		return 0;
	task = (void *)bpf_get_current_task();
	slot = BPF_CORE_READ((struct io_open *)request, file_slot);
	if (!slot)
		file = file_of(task, result);
	else
		file = registered_file(BPF_CORE_READ(request, ctx),
				       slot == IORING_FILE_INDEX_ALLOC ? (__u32)result : slot - 1);
	if (file && watch_possible(file, false))
		open_report(scratch_at(&uring_open_scratch, 0), task, file, 0, EDGE_ORIGIN_IO_URING,
			    0);
	return 0;
}
