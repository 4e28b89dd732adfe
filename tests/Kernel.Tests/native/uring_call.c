/* Changes of names and files, sockets and refused opens through io_uring. */
#define _GNU_SOURCE
#include "ring.h"
#include "trigger.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define OP_FTRUNCATE 55 /* newer than the C library's headers */

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

const struct command uring_call_commands[] = {
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
    {0},
};
