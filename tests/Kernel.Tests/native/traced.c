/* A call of held.c by a process whose tracer changes registers on the way in, before the kernel
 * does anything: the one in which the result will be, which the call does not look at. */
#define _GNU_SOURCE
#include "trigger.h"

#include <elf.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOTHING 7

#if defined(__x86_64__)
#define NUMBER(regs) (regs).orig_rax
#define RESULT(regs) (regs).rax
#elif defined(__aarch64__)
/* The first argument, too: the folder, which a name that begins with '/' is not looked up in. */
#define NUMBER(regs) (regs).regs[8]
#define RESULT(regs) (regs).regs[0]
#endif

static int is_change(long number)
{
	switch (number) {
#ifdef SYS_unlink
	case SYS_unlink:
#endif
	case SYS_unlinkat:
	case SYS_renameat2:
		return 1;
	}
	return 0;
}

static void stopped(pid_t caller)
{
	int status;

	if (waitpid(caller, &status, __WALL) != caller || !WIFSTOPPED(status))
		fail("waitpid");
}

/* Takes the caller over, says so, and goes on to where it enters the call; there it is let go with
 * another register. */
static void change_result(pid_t caller, int ready)
{
	struct user_regs_struct regs;
	struct iovec all = {&regs, sizeof(regs)};

	if (ptrace(PTRACE_ATTACH, caller, 0, 0))
		fail("PTRACE_ATTACH");
	stopped(caller);
	if (write(ready, "", 1) != 1)
		fail("write");
	do {
		if (ptrace(PTRACE_SYSCALL, caller, 0, 0))
			fail("PTRACE_SYSCALL");
		stopped(caller);
		if (ptrace(PTRACE_GETREGSET, caller, NT_PRSTATUS, &all))
			fail("PTRACE_GETREGSET");
	} while (!is_change(NUMBER(regs)));
	RESULT(regs) = NOTHING;
	if (ptrace(PTRACE_SETREGSET, caller, NT_PRSTATUS, &all) ||
	    ptrace(PTRACE_DETACH, caller, 0, 0))
		fail("PTRACE_SETREGSET");
}

static const struct command *held_of(const char *name)
{
	for (const struct command *command = held_commands; command->name; command++)
		if (!strcmp(strrchr(command->name, '_'), strrchr(name, '_')))
			return command;
	fail(name);
}

/* The tracer is a child. */
static void traced(const struct command *command, char **arguments)
{
	const struct command *held = held_of(command->name);
	int ready[2], status;
	pid_t tracer;
	char byte;

	if (pipe(ready))
		fail("pipe");
	tracer = fork();
	if (tracer < 0)
		fail("fork");
	if (!tracer) {
		change_result(getppid(), ready[1]);
		_exit(0);
	}
	close(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		fail("the tracer");
	held->run(command, arguments);
	if (waitpid(tracer, &status, 0) != tracer || status)
		fail("the tracer");
}

const struct command traced_commands[] = {
    {"held_traced_rename", "PATH TO LATER", 3, traced},
    {"held_traced_unlink", "PATH - LATER", 3, traced},
    {0},
};
