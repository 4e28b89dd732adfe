/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * measure WHAT ROUNDS [FOLDER]: the least CPU time of one operation, in ns, over that many rounds, on
 * one CPU. The least, not the mean: whatever else the machine does only adds. So a round is a few
 * milliseconds, of which some pass undisturbed on a busy machine, too. Of what children do it is the
 * median: the kernel may put a child's time into another round than its own. A build is `make` of
 * everything in FOLDER into the folder OUT of the environment.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void open_close(void)
{
	int fd = open("/usr/share/common-licenses/GPL-2", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		fail("open");
	close(fd);
}

static void parent_id(void)
{
	syscall(SYS_getppid);
}

static int socket_fd = -1;

static void udp_connect(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(9)};

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(socket_fd, (struct sockaddr *)&address, sizeof(address)))
		fail("connect");
}

static void run(char **arguments)
{
	pid_t pid;
	int status;

	if (posix_spawnp(&pid, arguments[0], NULL, NULL, arguments, environ))
		fail("posix_spawn");
	if (waitpid(pid, &status, 0) != pid)
		fail("waitpid");
	if (status) {
		fprintf(stderr, "%s ended with status %d\n", arguments[0], status);
		exit(1);
	}
}

static void run_true(void)
{
	run((char *[]){"/bin/true", NULL});
}

static char *folder = ".";

static void build(void)
{
	run((char *[]){"make", "-s", "-e", "-B", "-C", folder, NULL});
}

static const struct {
	const char *name;
	void (*run)(void);
	int count;
	bool in_children; /* a child's time is known in µs only, and only when it is gone */
} operations[] = {
    {"open", open_close, 1000, false}, {"getppid", parent_id, 10000, false},
    {"connect", udp_connect, 2000, false}, {"exec", run_true, 20, true},
    {"build", build, 1, true},
};

static double cpu_ns(void)
{
	struct rusage self, children;

	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	return 1e9 * (self.ru_utime.tv_sec + self.ru_stime.tv_sec + children.ru_utime.tv_sec +
		      children.ru_stime.tv_sec) +
	       1e3 * (self.ru_utime.tv_usec + self.ru_stime.tv_usec + children.ru_utime.tv_usec +
		      children.ru_stime.tv_usec);
}

static double thread_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return 1e9 * now.tv_sec + now.tv_nsec;
}

static int ascending(const void *one, const void *other)
{
	double difference = *(const double *)one - *(const double *)other;

	return (difference > 0) - (difference < 0);
}

int main(int argc, char **argv)
{
	cpu_set_t cpu;

	if (argc != 3 && argc != 4)
		return fprintf(stderr, "usage: measure open|getppid|connect|exec|build ROUNDS [FOLDER]\n"), 2;
	if (argc == 4)
		folder = argv[3];
	CPU_ZERO(&cpu);
	CPU_SET(0, &cpu);
	if (sched_setaffinity(0, sizeof(cpu), &cpu))
		fail("sched_setaffinity");
	socket_fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	for (size_t i = 0; i < sizeof(operations) / sizeof(*operations); i++) {
		int rounds = atoi(argv[2]);
		double *each = calloc(rounds + 1, sizeof(*each));

		if (strcmp(operations[i].name, argv[1]))
			continue;
		for (int round = 0; round < rounds; round++) {
			double (*clock)(void) = operations[i].in_children ? cpu_ns : thread_ns;
			double start = clock();

			for (int j = 0; j < operations[i].count; j++)
				operations[i].run();
			each[round] = (clock() - start) / operations[i].count;
		}
		qsort(each, rounds, sizeof(*each), ascending);
		printf("%.1f\n", each[operations[i].in_children ? rounds / 2 : 0]);
		return 0;
	}
	return fprintf(stderr, "no operation %s\n", argv[1]), 2;
}
