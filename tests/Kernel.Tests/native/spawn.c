/* Processes that are made or end in unusual ways, and many at once. */
#define _GNU_SOURCE
#include "trigger.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS 2

static void report(const struct command *command, pid_t child, uint64_t before_ns)
{
	int status;

	if (waitpid(child, &status, 0) != child)
		fail("waitpid");
	result_begin(command, status);
	truth_number("child", child);
	truth_end(before_ns, boot_ns());
}

static void run_vfork(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	pid_t child = vfork();

	if (child < 0)
		fail("vfork");
	if (!child) {
		execl(arguments[0], arguments[0], (char *)0);
		_exit(1);
	}
	report(command, child, before_ns);
}

static void run_spawn(const struct command *command, char **arguments)
{
	char *line[] = {arguments[0], 0};
	uint64_t before_ns = boot_ns();
	pid_t child;

	errno = posix_spawn(&child, arguments[0], 0, 0, line, environ);
	if (errno)
		fail(arguments[0]);
	report(command, child, before_ns);
}

static void *become(void *program)
{
	execl(program, program, (char *)0);
	return 0;
}

/* A thread that is not the first: the process keeps its id, the thread takes it. */
static void run_thread(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	pid_t child = fork();
	pthread_t thread;

	if (child < 0)
		fail("fork");
	if (!child) {
		pthread_create(&thread, 0, become, arguments[0]);
		pthread_join(thread, 0);
		_exit(1);
	}
	report(command, child, before_ns);
}

/* Each process is the child of the one before; the last one opens. */
static void open_deep(const struct command *command, char **arguments)
{
	int depth = atoi(arguments[1]);
	uint64_t before_ns = boot_ns();
	pid_t top = getpid();

	for (int i = 0; i < depth; i++) {
		pid_t child = fork();

		if (child < 0)
			fail("fork");
		if (child) {
			waitpid(child, 0, 0);
			_exit(0);
		}
	}
	result_begin(command, open(arguments[0], O_RDONLY));
	truth_number("top", top);
	truth_end(before_ns, boot_ns());
}

/* Opens and is gone: no time for anybody to look at it. */
static void open_and_die(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	pid_t child = fork();

	if (child < 0)
		fail("fork");
	if (!child)
		_exit(open(arguments[0], O_RDONLY) < 0);
	report(command, child, before_ns);
}

/* Denied opens without end, and a watched one now and then; on each CPU. */
static void flood(char **arguments, int cpu)
{
	long count = atol(arguments[2]) / WORKERS, opens = atol(arguments[3]) / WORKERS;
	cpu_set_t here;

	CPU_ZERO(&here);
	CPU_SET(cpu, &here);
	sched_setaffinity(0, sizeof(here), &here);
	for (long i = 0; i < count; i++) {
		if (open(arguments[0], O_RDONLY) >= 0)
			_exit(1);
		if (i % (count / opens) == 0)
			close(open(arguments[1], O_RDONLY));
	}
	_exit(0);
}

static void open_flood(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	int failed = 0, status;
	pid_t workers[WORKERS];

	for (int i = 0; i < WORKERS; i++) {
		workers[i] = fork();
		if (!workers[i])
			flood(arguments, i);
	}
	for (int i = 0; i < WORKERS; i++)
		failed |= waitpid(workers[i], &status, 0) != workers[i] || status;
	result_begin(command, failed);
	truth_number("first", workers[0]);
	truth_number("second", workers[1]);
	truth_end(before_ns, boot_ns());
}

const struct command spawn_commands[] = {
    {"run_vfork", "PROGRAM", 1, run_vfork},
    {"run_spawn", "PROGRAM", 1, run_spawn},
    {"run_thread", "PROGRAM", 1, run_thread},
    {"open_deep", "PATH DEPTH", 2, open_deep},
    {"open_and_die", "PATH", 1, open_and_die},
    {"open_flood", "DENIED WATCHED COUNT OPENS", 4, open_flood},
    {0},
};
