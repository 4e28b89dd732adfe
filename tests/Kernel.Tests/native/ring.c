#define _GNU_SOURCE
#include "ring.h"
#include "trigger.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define IDLE_MS 2000

static void *part(int fd, size_t size, off_t offset)
{
	void *memory = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, offset);

	if (memory == MAP_FAILED)
		fail("mmap of a ring");
	return memory;
}

struct ring ring_sized(unsigned entries, unsigned flags)
{
	struct io_uring_params params = {.flags = flags, .sq_thread_idle = IDLE_MS};
	struct ring ring = {.fd = syscall(SYS_io_uring_setup, entries, &params)};
	char *sq, *cq;

	if (ring.fd < 0)
		fail("io_uring_setup");
	sq = part(ring.fd, params.sq_off.array + params.sq_entries * sizeof(unsigned),
		  IORING_OFF_SQ_RING);
	cq = part(ring.fd, params.cq_off.cqes + params.cq_entries * sizeof(struct io_uring_cqe),
		  IORING_OFF_CQ_RING);
	ring.requests =
	    part(ring.fd, params.sq_entries * sizeof(struct io_uring_sqe), IORING_OFF_SQES);
	ring.tail = (unsigned *)(sq + params.sq_off.tail);
	ring.mask = (unsigned *)(sq + params.sq_off.ring_mask);
	ring.flags = (unsigned *)(sq + params.sq_off.flags);
	ring.array = (unsigned *)(sq + params.sq_off.array);
	ring.head = (unsigned *)(cq + params.cq_off.head);
	ring.cq_tail = (unsigned *)(cq + params.cq_off.tail);
	ring.cq_mask = (unsigned *)(cq + params.cq_off.ring_mask);
	ring.results = (struct io_uring_cqe *)(cq + params.cq_off.cqes);
	return ring;
}

struct ring ring_open(unsigned flags)
{
	return ring_sized(RING_ENTRIES, flags);
}

void ring_put(struct ring *ring, struct io_uring_sqe request)
{
	unsigned tail = *ring->tail;

	ring->requests[tail & *ring->mask] = request;
	ring->array[tail & *ring->mask] = tail & *ring->mask;
	__atomic_store_n(ring->tail, tail + 1, __ATOMIC_RELEASE);
}

int ring_try(struct ring *ring, struct io_uring_sqe request)
{
	unsigned head = *ring->head;
	unsigned flags = IORING_ENTER_GETEVENTS;
	int result;

	ring_put(ring, request);
	if (__atomic_load_n(ring->flags, __ATOMIC_ACQUIRE) & IORING_SQ_NEED_WAKEUP)
		flags |= IORING_ENTER_SQ_WAKEUP;
	while (__atomic_load_n(ring->cq_tail, __ATOMIC_ACQUIRE) == head)
		if (syscall(SYS_io_uring_enter, ring->fd, 1, 1, flags, 0, 0) < 0 && errno != EINTR)
			fail("io_uring_enter");
	result = ring->results[head & *ring->cq_mask].res;
	__atomic_store_n(ring->head, head + 1, __ATOMIC_RELEASE);
	if (result < 0)
		errno = -result;
	return result;
}

int ring_do(struct ring *ring, struct io_uring_sqe request)
{
	int result = ring_try(ring, request);

	if (result < 0)
		fail("the request");
	return result;
}
