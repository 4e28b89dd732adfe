/* A call whose name is overwritten while the kernel lets it wait: after it has copied the name, and
 * before it has done what was asked. The wait is for the lock of a folder or a file that another
 * thread holds, whose memory is not there until this program says so. */
#define _GNU_SOURCE
#include "trigger.h"

#include <fcntl.h>
#include <libgen.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PATIENCE_MS 5000

static char name[256];
static const char *later;
static char *absent; /* the page whose reader or writer waits */
static size_t page;
static int faults, lock; /* descriptors */
static pid_t caller;

/* Reads the folder, or writes to the file: either holds its lock until there is memory. */
static void *hold(void *is_folder)
{
	if (is_folder ? syscall(SYS_getdents64, lock, absent, page) < 0
		      : write(lock, absent, 1) != 1)
		fail("hold");
	return 0;
}

static void absent_make(void)
{
	struct uffdio_api api = {.api = UFFD_API};
	struct uffdio_register area;

	page = sysconf(_SC_PAGESIZE);
	absent = mmap(0, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	faults = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	area = (struct uffdio_register){.range = {(uintptr_t)absent, page},
					.mode = UFFDIO_REGISTER_MODE_MISSING};
	if (absent == MAP_FAILED || faults < 0 || ioctl(faults, UFFDIO_API, &api) ||
	    ioctl(faults, UFFDIO_REGISTER, &area))
		fail("userfaultfd");
}

static void absent_end(void)
{
	struct uffdio_zeropage fill = {.range = {(uintptr_t)absent, page}};

	if (ioctl(faults, UFFDIO_ZEROPAGE, &fill))
		fail("UFFDIO_ZEROPAGE");
}

/* Whether the calling thread waits in the kernel for something that is not to be interrupted. */
static int caller_waits(void)
{
	char path[64], line[512] = "", *state;
	int fd;

	snprintf(path, sizeof(path), "/proc/self/task/%d/stat", caller);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || read(fd, line, sizeof(line) - 1) <= 0)
		fail(path);
	close(fd);
	state = strrchr(line, ')');
	return state && state[2] == 'D';
}

/* Once the call waits, its name becomes another one; then the lock is let go. */
static void *change(void *unused)
{
	for (int i = 0; !caller_waits(); i++) {
		if (i == PATIENCE_MS)
			fail("the call does not wait");
		usleep(1000);
	}
	memset(name, 0, sizeof(name));
	memcpy(name, later, strlen(later));
	absent_end();
	return unused;
}

static pthread_t start(void *(*run)(void *), void *argument)
{
	pthread_t thread;

	if (pthread_create(&thread, 0, run, argument))
		fail("pthread_create");
	return thread;
}

/* The lock of the folder that a path is in, or of the file. */
static pthread_t held(const char *path, int of_folder)
{
	struct pollfd fault;
	char above[256];
	pthread_t thread;

	snprintf(above, sizeof(above), "%s", path);
	lock = of_folder ? open(dirname(above), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
			 : open(path, O_WRONLY | O_CLOEXEC);
	if (lock < 0)
		fail(path);
	absent_make();
	thread = start(hold, of_folder ? &lock : 0);
	fault = (struct pollfd){.fd = faults, .events = POLLIN};
	if (poll(&fault, 1, PATIENCE_MS) != 1 || fault.revents != POLLIN)
		fail("the lock is not held");
	return thread;
}

#define HELD(call, lock_path, of_folder, expression)                                               \
	static void call(const struct command *command, char **arguments)                          \
	{                                                                                          \
		uint64_t before_ns;                                                                \
		pthread_t holder, changer;                                                         \
		struct stat status;                                                                \
		long result;                                                                       \
                                                                                                   \
		snprintf(name, sizeof(name), "%s", arguments[0]);                                  \
		later = arguments[2];                                                              \
		caller = gettid();                                                                 \
		if (stat(name, &status))                                                           \
			fail(name);                                                                \
		holder = held(lock_path, of_folder);                                               \
		changer = start(change, 0);                                                        \
		before_ns = boot_ns();                                                             \
		result = expression;                                                               \
		result_begin(command, result);                                                     \
		truth_number("inode", status.st_ino);                                              \
		truth_end(before_ns, boot_ns());                                                   \
		pthread_join(changer, 0);                                                          \
		pthread_join(holder, 0);                                                           \
	}

HELD(rename_held, name, 1, syscall(SYS_renameat2, AT_FDCWD, name, AT_FDCWD, arguments[1], 0))
HELD(link_held, arguments[1], 1, link(name, arguments[1]))
HELD(symlink_held, arguments[1], 1, symlink(name, arguments[1]))
HELD(unlink_held, name, 1, unlink(name))
HELD(rmdir_held, name, 1, rmdir(name))
HELD(truncate_held, name, 0, truncate(name, 1))
HELD(chmod_held, name, 0, chmod(name, 0640))
HELD(chown_held, name, 0, chown(name, 65534, 65533))

const struct command held_commands[] = {
    {"held_rename", "PATH TO LATER", 3, rename_held},
    {"held_link", "PATH TO LATER", 3, link_held},
    {"held_symlink", "TEXT PATH LATER", 3, symlink_held},
    {"held_unlink", "PATH - LATER", 3, unlink_held},
    {"held_rmdir", "PATH - LATER", 3, rmdir_held},
    {"held_truncate", "PATH - LATER", 3, truncate_held},
    {"held_chmod", "PATH - LATER", 3, chmod_held},
    {"held_chown", "PATH - LATER", 3, chown_held},
    {0},
};
