/* What io_uring does, by its system calls and nothing else. */
#define _GNU_SOURCE
#include "trigger.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define ENTRIES 4
#define REGISTERED 4
#define IDLE_MS 2000
#define OP_FTRUNCATE 55 /* newer than the C library's headers */

/* What the kernel adds to an open of io_uring; the C library's own O_LARGEFILE is 0. */
#ifdef __aarch64__
#define KERNEL_LARGEFILE 0400000
#else
#define KERNEL_LARGEFILE 0100000
#endif

struct ring {
	int fd;
	unsigned *tail, *mask, *array, *flags, *head, *cq_tail, *cq_mask;
	struct io_uring_sqe *requests;
	struct io_uring_cqe *results;
};

static void *part(int fd, size_t size, off_t offset)
{
	void *memory = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, offset);

	if (memory == MAP_FAILED)
		fail("mmap of a ring");
	return memory;
}

static struct ring ring_sized(unsigned entries, unsigned flags)
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

static struct ring ring_open(unsigned flags)
{
	return ring_sized(ENTRIES, flags);
}

static void ring_put(struct ring *ring, struct io_uring_sqe request)
{
	unsigned tail = *ring->tail;

	ring->requests[tail & *ring->mask] = request;
	ring->array[tail & *ring->mask] = tail & *ring->mask;
	__atomic_store_n(ring->tail, tail + 1, __ATOMIC_RELEASE);
}

/* Does one request and gives its result: less than 0 with errno set. */
static int ring_try(struct ring *ring, struct io_uring_sqe request)
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

/* The same for one that must succeed. */
static int ring_do(struct ring *ring, struct io_uring_sqe request)
{
	int result = ring_try(ring, request);

	if (result < 0)
		fail("the request");
	return result;
}

/* What a path leads to: a registered file has no descriptor to ask. */
static void report(const struct command *command, const char *path, uint64_t before_ns)
{
	uint64_t after_ns = boot_ns();
	struct stat status;
	char *real = realpath(path, 0);

	if (!real || stat(path, &status))
		fail(path);
	truth_begin(command->name);
	truth_text("asked", "");
	truth_text("path", real);
	truth_number("major", major(status.st_dev));
	truth_number("minor", minor(status.st_dev));
	truth_number("inode", status.st_ino);
	truth_number("flags", O_RDONLY | KERNEL_LARGEFILE);
	truth_end(before_ns, after_ns);
}

static void open_through(const struct command *command, const char *path, unsigned setup,
			 struct io_uring_sqe request, int registered)
{
	struct ring ring = ring_open(setup);
	struct open_how_bytes {
		uint64_t flags, mode, resolve;
	} how = {.flags = O_RDONLY};
	int none[REGISTERED] = {-1, -1, -1, -1};
	uint64_t before_ns = boot_ns();

	if (registered &&
	    syscall(SYS_io_uring_register, ring.fd, IORING_REGISTER_FILES, none, REGISTERED))
		fail("IORING_REGISTER_FILES");
	request.fd = AT_FDCWD;
	request.addr = (uintptr_t)path;
	if (request.opcode == IORING_OP_OPENAT2) {
		request.len = sizeof(how);
		request.off = (uintptr_t)&how;
	}
	ring_do(&ring, request);
	report(command, path, before_ns);
}

static void uring_open(const struct command *command, char **arguments)
{
	open_through(command, arguments[0], 0, (struct io_uring_sqe){.opcode = IORING_OP_OPENAT},
		     0);
}

static void uring_openat2(const struct command *command, char **arguments)
{
	open_through(command, arguments[0], 0, (struct io_uring_sqe){.opcode = IORING_OP_OPENAT2},
		     0);
}

/* In a thread of the kernel's. */
static void uring_async(const struct command *command, char **arguments)
{
	open_through(command, arguments[0], 0,
		     (struct io_uring_sqe){.opcode = IORING_OP_OPENAT, .flags = IOSQE_ASYNC}, 0);
}

/* Without a system call: another of the kernel's threads looks for requests. */
static void uring_polled(const struct command *command, char **arguments)
{
	open_through(command, arguments[0], IORING_SETUP_SQPOLL,
		     (struct io_uring_sqe){.opcode = IORING_OP_OPENAT}, 0);
}

/* Into the ring's own table: there never is a descriptor. */
static void uring_direct(const struct command *command, char **arguments)
{
	open_through(command, arguments[0], 0,
		     (struct io_uring_sqe){.opcode = IORING_OP_OPENAT, .file_index = 3}, 1);
}

static void uring_direct_any(const struct command *command, char **arguments)
{
	open_through(command, arguments[0], 0,
		     (struct io_uring_sqe){.opcode = IORING_OP_OPENAT,
					   .file_index = IORING_FILE_INDEX_ALLOC},
		     1);
}

/* The open waits for a byte in a pipe; the kernel does it on the way out of the call that writes
 * the byte. */
static void uring_linked(const struct command *command, char **arguments)
{
	struct ring ring = ring_open(0);
	struct io_uring_sqe wait = {.opcode = IORING_OP_POLL_ADD,
				    .flags = IOSQE_IO_LINK,
				    .poll32_events = POLLIN},
			    open = {.opcode = IORING_OP_OPENAT,
				    .fd = AT_FDCWD,
				    .addr = (uintptr_t)arguments[0]};
	uint64_t before_ns = boot_ns();
	int ends[2];

	if (pipe(ends))
		fail("pipe");
	wait.fd = ends[0];
	ring_put(&ring, wait);
	ring_put(&ring, open);
	if (syscall(SYS_io_uring_enter, ring.fd, 2, 0, 0, 0, 0) != 2)
		fail("io_uring_enter");
	if (write(ends[1], "x", 1) != 1)
		fail("write");
	while (__atomic_load_n(ring.cq_tail, __ATOMIC_ACQUIRE) != *ring.head + 2)
		sched_yield();
	if (ring.results[(*ring.head + 1) & *ring.cq_mask].res < 0)
		fail("the linked request");
	report(command, arguments[0], before_ns);
}

/* Traffic of a datagram socket: connected, or with the address in the message. */
static void network_through(const struct command *command, char **arguments, unsigned setup,
			    __u8 opcode)
{
	struct ring ring = ring_open(setup);
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1]))};
	struct iovec data = {.iov_base = "x", .iov_len = 1};
	struct msghdr message = {.msg_name = &address,
				 .msg_namelen = sizeof(address),
				 .msg_iov = &data,
				 .msg_iovlen = 1};
	struct io_uring_sqe request = {.opcode = opcode, .addr = (uintptr_t)&message, .len = 1};
	uint64_t before_ns = boot_ns();

	if (opcode == IORING_OP_CONNECT) {
		request.addr = (uintptr_t)&address;
		request.len = 0;
		request.off = sizeof(address);
	}
	request.fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (request.fd < 0 || inet_pton(AF_INET, arguments[0], &address.sin_addr) != 1)
		fail(arguments[0]);
	ring_do(&ring, request);
	truth_begin(command->name);
	truth_number("port", atoi(arguments[1]));
	truth_end(before_ns, boot_ns());
}

static void uring_connect(const struct command *command, char **arguments)
{
	network_through(command, arguments, 0, IORING_OP_CONNECT);
}

static void uring_connect_polled(const struct command *command, char **arguments)
{
	network_through(command, arguments, IORING_SETUP_SQPOLL, IORING_OP_CONNECT);
}

static void uring_sendmsg(const struct command *command, char **arguments)
{
	network_through(command, arguments, 0, IORING_OP_SENDMSG);
}

/* One request, with what came of it. */
static void call_through(const struct command *command, struct io_uring_sqe request)
{
	struct ring ring = ring_open(0);
	uint64_t before_ns = boot_ns();

	result_report(command, ring_try(&ring, request), before_ns);
}

static struct io_uring_sqe renaming(char **arguments)
{
	return (struct io_uring_sqe){.opcode = IORING_OP_RENAMEAT,
				     .fd = AT_FDCWD,
				     .addr = (uintptr_t)arguments[0],
				     .len = AT_FDCWD,
				     .addr2 = (uintptr_t)arguments[1]};
}

/* A new name without a system call that has it. */
static void uring_rename(const struct command *command, char **arguments)
{
	call_through(command, renaming(arguments));
}

/* Without a completion, either. */
static void uring_rename_silent(const struct command *command, char **arguments)
{
	struct ring ring = ring_open(0);
	struct io_uring_sqe request = renaming(arguments);
	uint64_t before_ns = boot_ns();

	request.flags = IOSQE_CQE_SKIP_SUCCESS;
	ring_put(&ring, request);
	if (syscall(SYS_io_uring_enter, ring.fd, 1, 0, 0, 0, 0) != 1)
		fail("io_uring_enter");
	while (access(arguments[0], F_OK) == 0)
		sched_yield();
	result_report(command, 0, before_ns);
}

/* The name belongs to a folder that the process stands in. */
static void uring_rename_relative(const struct command *command, char **arguments)
{
	if (chdir(arguments[2]))
		fail(arguments[2]);
	call_through(command, renaming(arguments));
}

static void uring_link(const struct command *command, char **arguments)
{
	call_through(command, (struct io_uring_sqe){.opcode = IORING_OP_LINKAT,
						    .fd = AT_FDCWD,
						    .addr = (uintptr_t)arguments[0],
						    .len = AT_FDCWD,
						    .addr2 = (uintptr_t)arguments[1]});
}

/* So many at once, as PREFIX-0, PREFIX-1 and so on. */
static void uring_links(const struct command *command, char **arguments)
{
	unsigned count = atoi(arguments[2]);
	struct ring ring = ring_sized(count, 0);
	uint64_t before_ns = boot_ns();
	char *name;

	for (unsigned i = 0; i < count; i++) {
		if (asprintf(&name, "%s-%u", arguments[1], i) < 0)
			fail("asprintf");
		ring_put(&ring, (struct io_uring_sqe){.opcode = IORING_OP_LINKAT,
						      .fd = AT_FDCWD,
						      .addr = (uintptr_t)arguments[0],
						      .len = AT_FDCWD,
						      .addr2 = (uintptr_t)name});
	}
	if (syscall(SYS_io_uring_enter, ring.fd, count, count, IORING_ENTER_GETEVENTS, 0, 0) !=
	    (long)count)
		fail("io_uring_enter");
	result_report(command, 0, before_ns);
}

static void uring_symlink(const struct command *command, char **arguments)
{
	call_through(command, (struct io_uring_sqe){.opcode = IORING_OP_SYMLINKAT,
						    .fd = AT_FDCWD,
						    .addr = (uintptr_t)arguments[0],
						    .addr2 = (uintptr_t)arguments[1]});
}

static void uring_unlink(const struct command *command, char **arguments)
{
	call_through(command, (struct io_uring_sqe){.opcode = IORING_OP_UNLINKAT,
						    .fd = AT_FDCWD,
						    .addr = (uintptr_t)arguments[0]});
}

static void uring_ftruncate(const struct command *command, char **arguments)
{
	struct ring ring = ring_open(0);
	int fd = open(arguments[0], O_WRONLY | O_CLOEXEC);
	struct stat status;
	uint64_t before_ns = boot_ns();
	int result;

	if (fd < 0 || fstat(fd, &status))
		fail(arguments[0]);
	result = ring_try(&ring, (struct io_uring_sqe){.opcode = OP_FTRUNCATE, .fd = fd, .off = 5});
	result_begin(command, result);
	truth_number("inode", status.st_ino);
	truth_end(before_ns, boot_ns());
}

static void uring_raw_socket(const struct command *command, char **arguments)
{
	(void)arguments;
	call_through(command, (struct io_uring_sqe){.opcode = IORING_OP_SOCKET,
						    .fd = AF_INET,
						    .off = SOCK_RAW,
						    .len = IPPROTO_ICMP});
}

static void uring_open_refused(const struct command *command, char **arguments)
{
	call_through(command, (struct io_uring_sqe){.opcode = IORING_OP_OPENAT,
						    .fd = AT_FDCWD,
						    .addr = (uintptr_t)arguments[0]});
}

const struct command uring_commands[] = {
    {"uring_connect", "ADDRESS PORT", 2, uring_connect},
    {"uring_connect_polled", "ADDRESS PORT", 2, uring_connect_polled},
    {"uring_sendmsg", "ADDRESS PORT", 2, uring_sendmsg},
    {"uring_rename", "FROM TO", 2, uring_rename},
    {"uring_rename_silent", "FROM TO", 2, uring_rename_silent},
    {"uring_rename_relative", "FROM TO FOLDER", 3, uring_rename_relative},
    {"uring_link", "FROM TO", 2, uring_link},
    {"uring_links", "FROM PREFIX COUNT", 3, uring_links},
    {"uring_symlink", "TEXT NAME", 2, uring_symlink},
    {"uring_unlink", "PATH", 1, uring_unlink},
    {"uring_ftruncate", "PATH", 1, uring_ftruncate},
    {"uring_raw_socket", "", 0, uring_raw_socket},
    {"uring_open_refused", "PATH", 1, uring_open_refused},
    {"uring_open", "PATH", 1, uring_open},
    {"uring_openat2", "PATH", 1, uring_openat2},
    {"uring_async", "PATH", 1, uring_async},
    {"uring_polled", "PATH", 1, uring_polled},
    {"uring_direct", "PATH", 1, uring_direct},
    {"uring_direct_any", "PATH", 1, uring_direct_any},
    {"uring_linked", "PATH", 1, uring_linked},
    {0},
};
