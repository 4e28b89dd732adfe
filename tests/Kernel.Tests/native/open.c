#define _GNU_SOURCE
#include "trigger.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <linux/openat2.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How often the file was opened. */
static int opens = 1;

/* Prints what the descriptor really holds. */
static void report(const struct command *command, const char *asked, int fd, uint64_t before_ns)
{
	uint64_t after_ns = boot_ns();
	char link[32], path[4096] = "";
	struct stat status;

	if (fd < 0)
		fail(asked);
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (readlink(link, path, sizeof(path) - 1) < 0 || fstat(fd, &status))
		fail(link);
	truth_begin(command->name);
	truth_text("asked", asked);
	truth_text("path", path);
	truth_number("major", major(status.st_dev));
	truth_number("minor", minor(status.st_dev));
	truth_number("inode", status.st_ino);
	truth_number("flags", fcntl(fd, F_GETFL));
	truth_number("opens", opens);
	truth_end(before_ns, after_ns);
	close(fd);
}

static void open_plain(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();

	report(command, arguments[0], syscall(SYS_openat, AT_FDCWD, arguments[0], O_RDONLY, 0),
	       before_ns);
}

static void open_symlink(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();

	if (symlink(arguments[0], arguments[1]))
		fail(arguments[1]);
	report(command, arguments[1], open(arguments[1], O_RDONLY), before_ns);
	unlink(arguments[1]);
}

static void open_hardlink(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();

	if (link(arguments[0], arguments[1]))
		fail(arguments[1]);
	report(command, arguments[1], open(arguments[1], O_RDONLY), before_ns);
	unlink(arguments[1]);
}

static void open_relative(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	char *folder = dirname(strdup(arguments[0]));
	char asked[4096];

	snprintf(asked, sizeof(asked), "./../%s/%s", basename(strdup(folder)),
		 basename(strdup(arguments[0])));
	if (chdir(folder))
		fail(folder);
	report(command, asked, open(asked, O_RDONLY), before_ns);
}

static void open_openat2(const struct command *command, char **arguments)
{
	struct open_how how = {.flags = O_RDONLY};
	uint64_t before_ns = boot_ns();

	report(command, arguments[0],
	       syscall(SYS_openat2, AT_FDCWD, arguments[0], &how, sizeof(how)), before_ns);
}

/* Makes an empty file two folders further down, without opening it. */
static char *make_below(const char *folder)
{
	char path[4096];

	if (mkdir(folder, 0700))
		fail(folder);
	snprintf(path, sizeof(path), "%s/below", folder);
	if (mkdir(path, 0700))
		fail(path);
	strcat(path, "/file");
	if (mknod(path, S_IFREG | 0600, 0))
		fail(path);
	return strdup(path);
}

static void open_in_new_folder(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	char *path = make_below(arguments[0]);

	report(command, path, open(path, O_RDONLY), before_ns);
}

static void open_in_moved_folder(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	char path[4096];

	make_below(arguments[1]);
	if (rename(arguments[1], arguments[0]))
		fail(arguments[0]);
	snprintf(path, sizeof(path), "%s/below/file", arguments[0]);
	report(command, path, open(path, O_RDONLY), before_ns);
}

/* Empties the file. */
static void open_creat(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();

#ifdef SYS_creat
	report(command, arguments[0], syscall(SYS_creat, arguments[0], 0600), before_ns);
#else
	report(command, arguments[0], creat(arguments[0], 0600), before_ns);
#endif
}

/* A descriptor that names the file and gives no access to its content. */
static void open_opath(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();

	report(command, arguments[0], open(arguments[0], O_PATH), before_ns);
}

/* Removes the file while it is open and opens it again through the descriptor. */
static void open_deleted(const struct command *command, char **arguments)
{
	int fd = open(arguments[0], O_RDONLY);
	char again[32];
	uint64_t before_ns;

	if (fd < 0 || unlink(arguments[0]))
		fail(arguments[0]);
	snprintf(again, sizeof(again), "/proc/self/fd/%d", fd);
	before_ns = boot_ns();
	report(command, again, open(again, O_RDONLY), before_ns);
}

/* As fast as it goes; what is told is the last open. */
static void open_many(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	int count = atoi(arguments[1]), fd = -1;

	for (int i = 0; i < count; i++) {
		if (fd >= 0)
			close(fd);
		fd = open(arguments[0], O_RDONLY);
	}
	report(command, arguments[0], fd, before_ns);
}

/* One process opens a file without a rest, another one of the same CPU wakes up again and again and
 * opens two in turn: where the kernel lets it, in the middle of the first one's open. */
static void open_contended(const struct command *command, char **arguments)
{
	const struct timespec rest = {.tv_nsec = 300000};
	uint64_t before_ns = boot_ns();
	int fd = -1;
	cpu_set_t one;
	pid_t other;

	CPU_ZERO(&one);
	CPU_SET(0, &one);
	if (sched_setaffinity(0, sizeof(one), &one))
		fail("sched_setaffinity");
	other = fork();
	if (!other) {
		setpriority(PRIO_PROCESS, 0, 19);
		for (;;)
			close(open(arguments[0], O_RDONLY));
	}
	opens = 2 * atoi(arguments[2]);
	for (int i = 0; i < opens; i++) {
		nanosleep(&rest, 0);
		if (fd >= 0)
			close(fd);
		fd = open(arguments[i % 2], O_RDONLY);
	}
	kill(other, SIGKILL);
	waitpid(other, 0, 0);
	report(command, arguments[1], fd, before_ns);
}

static void open_by_handle(const struct command *command, char **arguments)
{
	struct file_handle *handle = calloc(1, sizeof(*handle) + MAX_HANDLE_SZ);
	int folder = open(dirname(strdup(arguments[0])), O_RDONLY | O_DIRECTORY);
	uint64_t before_ns;
	int mount;

	handle->handle_bytes = MAX_HANDLE_SZ;
	if (folder < 0 || name_to_handle_at(AT_FDCWD, arguments[0], handle, &mount, 0))
		fail(arguments[0]);
	before_ns = boot_ns();
	report(command, "", open_by_handle_at(folder, handle, O_RDONLY), before_ns);
}

#ifdef __x86_64__
#define COMPAT_OPEN 5

/* A 32-bit call of a 64-bit process; its name must lie below 4 GiB. */
static void open_int80(const struct command *command, char **arguments)
{
	char *low =
	    mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	uint64_t before_ns = boot_ns();
	int result;

	if (low == MAP_FAILED)
		fail("mmap");
	snprintf(low, 4096, "%s", arguments[0]);
	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(COMPAT_OPEN), "b"(low), "c"(O_RDONLY), "d"(0)
			 : "memory", "r8", "r9", "r10", "r11");
	if (result < 0)
		errno = -result;
	report(command, arguments[0], result, before_ns);
}
#endif

/* On a terminal of its own: the first that the leader of a new session opens becomes its
 * controlling one. */
static void open_on_terminal(const struct command *command, char **arguments)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);

	if (setsid() < 0)
		fail("setsid");
	if (master < 0 || grantpt(master) || unlockpt(master) || open(ptsname(master), O_RDWR) < 0)
		fail("terminal");
	open_plain(command, arguments);
}

const struct command open_commands[] = {
    {"open_plain", "PATH", 1, open_plain},
    {"open_on_terminal", "PATH", 1, open_on_terminal},
    {"open_symlink", "PATH LINK", 2, open_symlink},
    {"open_hardlink", "PATH LINK", 2, open_hardlink},
    {"open_relative", "PATH", 1, open_relative},
    {"open_openat2", "PATH", 1, open_openat2},
    {"open_in_new_folder", "FOLDER", 1, open_in_new_folder},
    {"open_in_moved_folder", "FOLDER FROM", 2, open_in_moved_folder},
    {"open_creat", "PATH", 1, open_creat},
    {"open_opath", "PATH", 1, open_opath},
    {"open_deleted", "PATH", 1, open_deleted},
    {"open_many", "PATH COUNT", 2, open_many},
    {"open_contended", "PATH PATH COUNT", 3, open_contended},
    {"open_by_handle", "PATH", 1, open_by_handle},
#ifdef __x86_64__
    {"open_int80", "PATH", 1, open_int80},
#endif
    {0},
};
