#define _GNU_SOURCE
#include "trigger.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

uint64_t boot_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return now.tv_sec * 1000000000ull + now.tv_nsec;
}

_Noreturn void fail(const char *what)
{
	fprintf(stderr, "trigger: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void text(const char *value)
{
	putchar('"');
	for (; *value; value++) {
		unsigned char c = *value;

		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < 0x20)
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void capabilities(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct sets[2];

	if (syscall(SYS_capget, &header, sets))
		fail("capget");
	truth_number("capabilities",
		     sets[0].effective | (unsigned long long)sets[1].effective << 32);
}

/* As the kernel numbers devices inside; /proc shows them in another order. */
static void terminal(void)
{
	FILE *stat = fopen("/proc/thread-self/stat", "r");
	unsigned shown;

	if (!stat || fscanf(stat, "%*d (%*[^)]) %*c %*d %*d %*d %u", &shown) != 1)
		fail("/proc/thread-self/stat");
	fclose(stat);
	truth_number("terminal",
		     (shown & 0xfff00) << 12 | (shown & 0xff) | (shown >> 12 & 0xfff00));
}

static void space(const char *key, const char *path)
{
	struct stat file;

	if (stat(path, &file))
		fail(path);
	truth_number(key, file.st_ino);
}

void truth_begin(const char *name)
{
	printf("{\"trigger\":");
	text(name);
	truth_number("pid", getpid());
	truth_number("tid", gettid());
	truth_number("ppid", getppid());
	truth_number("sid", getsid(0));
	truth_number("uid", getuid());
	truth_number("euid", geteuid());
	truth_number("gid", getgid());
	truth_number("egid", getegid());
	capabilities();
	terminal();
	space("mount_namespace", "/proc/thread-self/ns/mnt");
	space("pid_namespace", "/proc/thread-self/ns/pid");
	space("network_namespace", "/proc/thread-self/ns/net");
	space("user_namespace", "/proc/thread-self/ns/user");
}

void truth_number(const char *key, long long value)
{
	printf(",\"%s\":%lld", key, value);
}

void truth_text(const char *key, const char *value)
{
	printf(",\"%s\":", key);
	text(value);
}

void truth_end(uint64_t before_ns, uint64_t after_ns)
{
	struct timespec wall;

	clock_gettime(CLOCK_REALTIME, &wall);
	truth_number("wall_minus_boot_ns",
		     wall.tv_sec * 1000000000ll + wall.tv_nsec - (long long)boot_ns());
	truth_number("before_ns", before_ns);
	truth_number("after_ns", after_ns);
	puts("}");
	fflush(stdout);
}

void result_begin(const struct command *command, long result)
{
	long told = result < 0 ? -errno : result;

	truth_begin(command->name);
	truth_number("result", told);
}

void result_report(const struct command *command, long result, uint64_t before_ns)
{
	uint64_t after_ns = boot_ns();

	result_begin(command, result);
	truth_end(before_ns, after_ns);
}
