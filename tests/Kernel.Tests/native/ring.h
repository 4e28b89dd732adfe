/* A ring of io_uring, by its system calls and nothing else. */
#ifndef RING_H
#define RING_H

#include <linux/io_uring.h>

#define RING_ENTRIES 4

struct ring {
	int fd;
	unsigned *tail, *mask, *array, *flags, *head, *cq_tail, *cq_mask;
	struct io_uring_sqe *requests;
	struct io_uring_cqe *results;
};

struct ring ring_open(unsigned flags);

/* For so many requests at once. */
struct ring ring_sized(unsigned entries, unsigned flags);

void ring_put(struct ring *ring, struct io_uring_sqe request);

/* Does one request and gives its result: less than 0 with errno set. */
int ring_try(struct ring *ring, struct io_uring_sqe request);

/* The same for one that must succeed. */
int ring_do(struct ring *ring, struct io_uring_sqe request);

#endif
