/* Calls that change names and files, and opens that are refused. */
#define _GNU_SOURCE
#include "trigger.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif

static int folder_of(const char *path)
{
	int fd = open(dirname(strdup(path)), O_PATH | O_DIRECTORY);

	if (fd < 0)
		fail(path);
	return fd;
}

static char *name_of(const char *path)
{
	return basename(strdup(path));
}

/* A descriptor of the file, whose identity is told with the result. */
static int object(const char *path)
{
	int fd = open(path, O_RDWR);

	if (fd < 0)
		fail(path);
	return fd;
}

static void object_result(const struct command *command, int fd, long result, uint64_t before_ns)
{
	int error = errno;
	struct stat status;

	if (fstat(fd, &status))
		fail("fstat");
	errno = error;
	result_begin(command, result);
	truth_number("inode", status.st_ino);
	truth_number("links", status.st_nlink);
	truth_end(before_ns, boot_ns());
}

#define CALL(name, expression)                                                                     \
	static void name(const struct command *command, char **arguments)                          \
	{                                                                                          \
		uint64_t before_ns = boot_ns();                                                    \
                                                                                                   \
		result_report(command, expression, before_ns);                                     \
	}

CALL(rename_plain, syscall(SYS_renameat2, AT_FDCWD, arguments[0], AT_FDCWD, arguments[1], 0))
CALL(rename_exchange, syscall(SYS_renameat2, folder_of(arguments[0]), name_of(arguments[0]),
			      folder_of(arguments[1]), name_of(arguments[1]), RENAME_EXCHANGE))
CALL(link_plain, link(arguments[0], arguments[1]))
CALL(link_at, linkat(folder_of(arguments[0]), name_of(arguments[0]), folder_of(arguments[1]),
		     name_of(arguments[1]), 0))
CALL(symlink_plain, symlink(arguments[0], arguments[1]))
CALL(unlink_plain, unlink(arguments[0]))
CALL(unlink_at, unlinkat(folder_of(arguments[0]), name_of(arguments[0]), 0))
CALL(truncate_plain, truncate(arguments[0], 1))
CALL(chmod_plain, chmod(arguments[0], 04751))
CALL(chmod_at, fchmodat(folder_of(arguments[0]), name_of(arguments[0]), 0640, 0))
CALL(chmod_at2, syscall(SYS_fchmodat2, folder_of(arguments[0]), name_of(arguments[0]), 0600, 0))
CALL(chown_plain, chown(arguments[0], 65534, 65533))
CALL(open_refused, open(arguments[0], O_RDWR))
CALL(open_refused_at, openat(folder_of(arguments[0]), name_of(arguments[0]), O_RDONLY))
CALL(open_no_link, open(arguments[0], O_RDONLY | O_NOFOLLOW))

static void truncate_object(const struct command *command, char **arguments)
{
	int fd = object(arguments[0]);
	uint64_t before_ns = boot_ns();

	object_result(command, fd, ftruncate(fd, 1), before_ns);
}

static void chmod_object(const struct command *command, char **arguments)
{
	int fd = object(arguments[0]);
	uint64_t before_ns = boot_ns();

	object_result(command, fd, fchmod(fd, 0640), before_ns);
}

static void chown_object(const struct command *command, char **arguments)
{
	int fd = object(arguments[0]);
	uint64_t before_ns = boot_ns();

	object_result(command, fd, fchown(fd, 0, 65533), before_ns);
}

/* By a name that the current folder completes. */
static void open_refused_here(const struct command *command, char **arguments)
{
	uint64_t before_ns;

	if (chdir(dirname(strdup(arguments[0]))))
		fail(arguments[0]);
	before_ns = boot_ns();
	result_report(command, open(name_of(arguments[0]), O_RDONLY), before_ns);
}

static int nameless_beside(const char *path)
{
	int fd = open(dirname(strdup(path)), O_TMPFILE | O_WRONLY, 0600);

	if (fd < 0)
		fail("O_TMPFILE");
	return fd;
}

/* A file without a name gets one. */
static void link_nameless(const struct command *command, char **arguments)
{
	int fd = nameless_beside(arguments[0]);
	uint64_t before_ns = boot_ns();

	result_report(command, linkat(fd, "", AT_FDCWD, arguments[0], AT_EMPTY_PATH), before_ns);
}

/* The same, as it is done without rights. */
static void link_descriptor(const struct command *command, char **arguments)
{
	int fd = nameless_beside(arguments[0]);
	char link[32];
	uint64_t before_ns;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	before_ns = boot_ns();
	result_report(command, linkat(AT_FDCWD, link, AT_FDCWD, arguments[0], AT_SYMLINK_FOLLOW),
		      before_ns);
}

/* In a mount namespace of its own, which ends with it. */
static void leave_mounts(void)
{
	if (unshare(CLONE_NEWNS) || mount(0, "/", 0, MS_REC | MS_PRIVATE, 0))
		fail("a mount namespace");
}

static void mount_over(const struct command *command, char **arguments)
{
	uint64_t before_ns;

	leave_mounts();
	before_ns = boot_ns();
	result_report(command, mount(arguments[0], arguments[1], 0, MS_BIND, 0), before_ns);
}

/* Without mount(2). */
static void mount_move(const struct command *command, char **arguments)
{
	uint64_t before_ns;
	int tree;

	leave_mounts();
	tree = syscall(SYS_open_tree, AT_FDCWD, arguments[0], 1 /* OPEN_TREE_CLONE */);
	if (tree < 0)
		fail("open_tree");
	before_ns = boot_ns();
	result_report(command,
		      syscall(SYS_move_mount, tree, "", AT_FDCWD, arguments[1],
			      4 /* MOVE_MOUNT_F_EMPTY_PATH */),
		      before_ns);
}

/* To be written where nothing may be. */
static void open_read_only(const struct command *command, char **arguments)
{
	uint64_t before_ns;

	leave_mounts();
	if (mount(arguments[0], arguments[0], 0, MS_BIND, 0) ||
	    mount(0, arguments[0], 0, MS_BIND | MS_REMOUNT | MS_RDONLY, 0))
		fail(arguments[0]);
	before_ns = boot_ns();
	result_report(command, open(arguments[0], O_WRONLY), before_ns);
}

/* From below another root, of which the name says nothing. */
static void open_refused_chroot(const struct command *command, char **arguments)
{
	uint64_t before_ns;

	if (chroot(arguments[0]) || chdir("/") || setresuid(65534, 65534, 65534))
		fail(arguments[0]);
	before_ns = boot_ns();
	result_report(command, open(arguments[1], O_RDONLY), before_ns);
}

const struct command file_commands[] = {
    {"rename", "FROM TO", 2, rename_plain},
    {"rename_exchange", "ONE OTHER", 2, rename_exchange},
    {"link", "FROM TO", 2, link_plain},
    {"link_at", "FROM TO", 2, link_at},
    {"link_nameless", "TO", 1, link_nameless},
    {"link_descriptor", "TO", 1, link_descriptor},
    {"symlink", "TEXT LINK", 2, symlink_plain},
    {"unlink", "PATH", 1, unlink_plain},
    {"unlink_at", "PATH", 1, unlink_at},
    {"truncate", "PATH", 1, truncate_plain},
    {"ftruncate", "PATH", 1, truncate_object},
    {"chmod", "PATH", 1, chmod_plain},
    {"fchmod", "PATH", 1, chmod_object},
    {"fchmodat", "PATH", 1, chmod_at},
    {"fchmodat2", "PATH", 1, chmod_at2},
    {"chown", "PATH", 1, chown_plain},
    {"fchown", "PATH", 1, chown_object},
    {"mount_over", "FROM TO", 2, mount_over},
    {"mount_move", "FROM TO", 2, mount_move},
    {"open_refused", "PATH", 1, open_refused},
    {"open_refused_at", "PATH", 1, open_refused_at},
    {"open_refused_here", "PATH", 1, open_refused_here},
    {"open_refused_chroot", "ROOT PATH", 2, open_refused_chroot},
    {"open_no_link", "PATH", 1, open_no_link},
    {"open_read_only", "PATH", 1, open_read_only},
    {0},
};
