/* Opens and traffic through io_uring. */
#define _GNU_SOURCE
#include "ring.h"
#include "trigger.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define REGISTERED 4

/* What the kernel adds to an open of io_uring; the C library's own O_LARGEFILE is 0. */
#ifdef __aarch64__
#define KERNEL_LARGEFILE 0400000
#else
#define KERNEL_LARGEFILE 0100000
#endif

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

const struct command uring_commands[] = {
    {"uring_connect", "ADDRESS PORT", 2, uring_connect},
    {"uring_connect_polled", "ADDRESS PORT", 2, uring_connect_polled},
    {"uring_sendmsg", "ADDRESS PORT", 2, uring_sendmsg},
    {"uring_open", "PATH", 1, uring_open},
    {"uring_openat2", "PATH", 1, uring_openat2},
    {"uring_async", "PATH", 1, uring_async},
    {"uring_polled", "PATH", 1, uring_polled},
    {"uring_direct", "PATH", 1, uring_direct},
    {"uring_direct_any", "PATH", 1, uring_direct_any},
    {"uring_linked", "PATH", 1, uring_linked},
    {0},
};
