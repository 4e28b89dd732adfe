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
	struct file *file;
	__u8 opcode;
	__u32 flags; /* from 6.10 on the lower half of them */
	struct io_cqe cqe;
	struct io_ring_ctx *ctx;
};

/* Lies at the start of struct io_kiocb. */
struct io_open {
	__u32 file_slot;
};

struct io_rename {
	__s32 old_dfd;
	__s32 new_dfd;
	struct filename *oldpath;
	struct filename *newpath;
	__s32 flags;
};

/* A hard link or a symbolic one. */
struct io_link {
	__s32 old_dfd;
	__s32 new_dfd;
	struct filename *oldpath;
	struct filename *newpath;
	__s32 flags;
};

struct io_unlink {
	__s32 dfd;
	__s32 flags;
	struct filename *filename;
};

struct io_ftrunc {
	__s64 len;
};

struct io_socket {
	__s32 domain;
	__s32 type;
	__s32 protocol;
};

/* Names of requests, from 7.0 on. */
struct delayed_filename {
	struct filename *__incomplete_filename;
};

struct io_rename___delayed {
	struct delayed_filename oldpath;
	struct delayed_filename newpath;
};

struct io_link___delayed {
	struct delayed_filename oldpath;
	struct delayed_filename newpath;
};

struct io_unlink___delayed {
	struct delayed_filename filename;
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
