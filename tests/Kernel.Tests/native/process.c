#define _GNU_SOURCE
#include "trigger.h"

#include <linux/bpf.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS 4

static pthread_barrier_t barrier;

static void report(const struct command *command, pid_t child, uint64_t before_ns)
{
	int status;

	if (waitpid(child, &status, 0) != child)
		fail("waitpid");
	truth_begin(command->name);
	truth_number("child", child);
	truth_number("status", status);
	truth_end(before_ns, boot_ns());
}

static void fork_exit(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	pid_t child = fork();

	if (child < 0)
		fail("fork");
	if (!child)
		_exit(atoi(arguments[0]));
	report(command, child, before_ns);
}

static void *leave_together(void *unused)
{
	pthread_barrier_wait(&barrier);
	return unused;
}

/* The child's threads end at the same moment, its first one among them. */
static void exit_threads(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	pid_t child = fork();
	pthread_t thread;

	(void)arguments;
	if (child < 0)
		fail("fork");
	if (!child) {
		pthread_barrier_init(&barrier, 0, THREADS + 1);
		for (int i = 0; i < THREADS; i++)
			pthread_create(&thread, 0, leave_together, 0);
		pthread_barrier_wait(&barrier);
		pthread_exit(0);
	}
	report(command, child, before_ns);
}

/* Whether this process may use BPF at all: fails with the kernel's reason when not. */
static void bpf_usable(const struct command *command, char **arguments)
{
	union bpf_attr map = {.map_type = BPF_MAP_TYPE_RINGBUF,
			      .max_entries = sysconf(_SC_PAGESIZE)};
	uint64_t before_ns = boot_ns();

	(void)arguments;
	if (syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof(map)) < 0)
		fail("bpf(BPF_MAP_CREATE, ring buffer)");
	truth_begin(command->name);
	truth_end(before_ns, boot_ns());
}

const struct command process_commands[] = {
    {"fork_exit", "STATUS", 1, fork_exit},
    {"exit_threads", "", 0, exit_threads},
    {"bpf_usable", "", 0, bpf_usable},
    {0},
};
