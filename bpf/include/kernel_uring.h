/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What the probes touch of io_uring. Included by kernel.h inside its relocation pragma. */
#ifndef KERNEL_URING_H
#define KERNEL_URING_H

struct io_cqe {
	__s32 res;
};

struct io_rsrc_node {
	unsigned long file_ptr;
};

struct io_rsrc_data {
	__u32 nr;
	struct io_rsrc_node **nodes;
};

struct io_file_table {
	struct io_rsrc_data data;
};

struct io_ring_ctx {
	struct io_file_table file_table;
};

struct io_kiocb {
	__u8 opcode;
	struct io_cqe cqe;
	struct io_ring_ctx *ctx;
};

/* Lies at the start of struct io_kiocb. */
struct io_open {
	__u32 file_slot;
};

/* Files registered with a ring, before 6.13. */
struct io_fixed_file {
	unsigned long file_ptr;
};

struct io_file_table___before_6_13 {
	struct io_fixed_file *files;
};

struct trace_event_raw_sys_exit {
	long id;
	long ret;
};

/* The tracepoint of a completion: from 6.0 on it is handed the request. */
struct trace_event_raw_io_uring_complete {
	void *req;
};

#endif
