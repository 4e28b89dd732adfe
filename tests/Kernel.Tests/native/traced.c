/* A call of held.c by a process whose tracer changes registers on the way in, before the kernel
 * does anything: the one in which the result will be, which the call does not look at. */
#define _GNU_SOURCE
#include "trigger.h"

#include <elf.h>
#include <signal.h>
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

static void stopped(pid_t child)
{
	int status;

	if (waitpid(child, &status, __WALL) != child || !WIFSTOPPED(status))
		fail("waitpid");
}

/* On to where the child enters the call; there it is let go with another register. */
static void change_result(pid_t child)
{
	struct user_regs_struct regs;
	struct iovec all = {&regs, sizeof(regs)};

	stopped(child);
	do {
		if (ptrace(PTRACE_SYSCALL, child, 0, 0))
			fail("PTRACE_SYSCALL");
		stopped(child);
		if (ptrace(PTRACE_GETREGSET, child, NT_PRSTATUS, &all))
			fail("PTRACE_GETREGSET");
	} while (!is_change(NUMBER(regs)));
	RESULT(regs) = NOTHING;
	if (ptrace(PTRACE_SETREGSET, child, NT_PRSTATUS, &all) ||
	    ptrace(PTRACE_DETACH, child, 0, 0))
		fail("PTRACE_SETREGSET");
}

static const struct command *held_of(const char *name)
{
	for (const struct command *command = held_commands; command->name; command++)
		if (!strcmp(strrchr(command->name, '_'), strrchr(name, '_')))
			return command;
	fail(name);
}

/* The child is who does it, and tells. */
static void traced(const struct command *command, char **arguments)
{
	const struct command *held = held_of(command->name);
	pid_t child = fork();
	int status;

	if (child < 0)
		fail("fork");
	if (!child) {
		if (ptrace(PTRACE_TRACEME, 0, 0, 0) || raise(SIGSTOP))
			fail("PTRACE_TRACEME");
		held->run(command, arguments);
		_exit(0);
	}
	change_result(child);
	if (waitpid(child, &status, 0) != child || status)
		fail("the child");
}

const struct command traced_commands[] = {
    {"held_traced_rename", "PATH TO LATER", 3, traced},
    {"held_traced_unlink", "PATH - LATER", 3, traced},
    {0},
};
