/* Ways to be somebody else, or to have somebody else's file. */
#define _GNU_SOURCE
#include "trigger.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void copy(int to, const char *path)
{
	int from = open(path, O_RDONLY);
	char part[65536];
	ssize_t size;

	while ((size = read(from, part, sizeof(part))) > 0)
		if (write(to, part, size) != size)
			fail("write");
	if (size < 0)
		fail(path);
}

/* Becomes a copy of the program that only memory holds. The truth comes before, with the
 * descriptor's inode. */
static void exec_memory(const struct command *command, char **arguments)
{
	int fd = memfd_create("nothing-on-disk", MFD_CLOEXEC);
	char *line[] = {"[kworker/0:1]", 0};
	struct stat status;

	if (fd < 0)
		fail("memfd_create");
	copy(fd, arguments[0]);
	if (fstat(fd, &status))
		fail("fstat");
	truth_begin(command->name);
	truth_number("inode", status.st_ino);
	truth_end(boot_ns(), boot_ns());
	fexecve(fd, line, environ);
	fail("fexecve");
}

static void opened(const struct command *command, const char *path, uint64_t before_ns)
{
	int fd = open(path, O_RDONLY);

	result_begin(command, fd);
	truth_end(before_ns, boot_ns());
}

/* Under another name, in ps as well. */
static void open_disguised(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	char *path = strdup(arguments[0]), *first = arguments[-2];

	prctl(PR_SET_NAME, "systemd-logind");
	memset(first, 0, arguments[0] + strlen(arguments[0]) - first);
	strcpy(first, "/lib/systemd");
	opened(command, path, before_ns);
}

/* Three ancestors with a name that rules like to except. */
static void open_below_fakes(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();

	for (int i = 0; i < 3; i++) {
		pid_t child = fork();

		if (child < 0)
			fail("fork");
		if (child) {
			prctl(PR_SET_NAME, "google_accounts");
			waitpid(child, 0, 0);
			_exit(0);
		}
	}
	usleep(1000);
	opened(command, arguments[0], before_ns);
}

/* The parent opens, the child reads. */
static void descriptor_taken(const struct command *command, char **arguments,
			     int (*take)(pid_t, int))
{
	int fd = open(arguments[0], O_RDONLY), status;
	uint64_t before_ns = boot_ns();
	pid_t child;

	if (fd < 0)
		fail(arguments[0]);
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	child = fork();
	if (!child) {
		char byte;
		int taken = take(getppid(), fd);

		_exit(taken >= 0 && read(taken, &byte, 1) == 1 ? 0 : 1);
	}
	waitpid(child, &status, 0);
	result_begin(command, status);
	truth_number("child", child);
	truth_end(before_ns, boot_ns());
}

static int inherit(pid_t from, int fd)
{
	(void)from;
	return fd;
}

static int get(pid_t from, int fd)
{
	close(fd);
	return syscall(SYS_pidfd_getfd, syscall(SYS_pidfd_open, from, 0), fd, 0);
}

static void descriptor_inherited(const struct command *command, char **arguments)
{
	descriptor_taken(command, arguments, inherit);
}

static void descriptor_got(const struct command *command, char **arguments)
{
	descriptor_taken(command, arguments, get);
}

const struct command hide_commands[] = {
    {"exec_memory", "PROGRAM", 1, exec_memory},
    {"open_disguised", "PATH", 1, open_disguised},
    {"open_below_fakes", "PATH", 1, open_below_fakes},
    {"descriptor_inherited", "PATH", 1, descriptor_inherited},
    {"descriptor_got", "PATH", 1, descriptor_got},
    {0},
};
