// SPDX-License-Identifier: Apache-2.0
/*
 * Preloaded into systemd, which is the system's manager only when its process id is 1. The guest has the host's process ids,
 * because the agent refuses others than those that the kernel reports. So those who only ask whether they are process 1 are told
 * that they are: systemd's main program, and what opens the socket of systemctl. The rest, which hands the id to the kernel and to
 * cgroups, and all that systemd starts, are told the truth. Orphans of the guest come to it as they would to process 1.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <unistd.h>

static pid_t manager;
static void *program;

static int only_asks(void *caller)
{
	Dl_info info;

	return dladdr(caller, &info) &&
	       (info.dli_fbase == program ||
		(info.dli_sname && strcmp(info.dli_sname, "bus_init_private") == 0));
}

/* Of libsystemd-shared. */
pid_t getpid_cached(void)
{
	pid_t id = getpid();

	return id == manager && only_asks(__builtin_return_address(0)) ? 1 : id;
}

__attribute__((constructor)) static void begin(void)
{
	Dl_info info;

	manager = getpid();
	if (dladdr((void *)getauxval(AT_ENTRY), &info))
		program = info.dli_fbase;
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	unsetenv("LD_PRELOAD");
}
