#include "guest.h"

#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#define TABLE "/backends.txt"

/* As src/EdgeAgent/Probes/KernelPreemption.cs: false only where it is known that the kernel takes
 * the CPU from no task in the kernel. */
static bool is_preemptive(void)
{
	char version[512] = "", modes[128] = "";

	file_line("/proc/version", version, sizeof(version));
	if (!strstr(version, " PREEMPT"))
		return false;
	if (!strstr(version, " PREEMPT_DYNAMIC"))
		return true;
	file_line("/sys/kernel/debug/sched/preempt", modes, sizeof(modes));
	return !strstr(modes, "(none)") && !strstr(modes, "(voluntary)");
}

/* As src/EdgeAgent/Probes/BpfModule.cs: whether the kernel leaves out none of the programs among
 * its security modules. */
static bool leaves_none_out(void)
{
	struct utsname name;
	int major = 0, minor = 0;

	uname(&name);
	sscanf(name.release, "%d.%d", &major, &minor);
	return major > 6 || (major == 6 && minor >= 2);
}

/* Whether nothing that looks at opens stands behind bpf there. */
static bool is_last(void)
{
	static const char *const blind[] = {"capability", "lockdown",  "yama",
					    "loadpin",	  "safesetid", "integrity",
					    "ipe",	  "ima",       "evm"};
	char modules[256] = "", *module;
	bool last = false;

	file_line("/sys/kernel/security/lsm", modules, sizeof(modules));
	for (module = strtok(modules, ","); module; module = strtok(0, ",")) {
		size_t i = 0;

		while (i < sizeof(blind) / sizeof(blind[0]) && strcmp(blind[i], module))
			i++;
		if (i == sizeof(blind) / sizeof(blind[0]))
			last = !strcmp(module, "bpf");
	}
	return last;
}

void backends_each(void (*use)(const struct backend *backend))
{
	bool preemptive = is_preemptive(), among = preemptive && leaves_none_out();
	bool last = among && is_last();
	FILE *table = fopen(TABLE, "r");
	char line[512];

	if (!table) {
		perror(TABLE);
		return;
	}
	while (fgets(line, sizeof(line), table)) {
		struct backend backend = {.count = 0};
		char *word = strtok(line, " \t\n");

		if (!word || *word == '#')
			continue;
		snprintf(backend.signal, sizeof(backend.signal), "%s", word);
		word = strtok(0, " \t\n");
		if (!word || (*word == '+' && !last) || (*word == '*' && !among) ||
		    (*word == '-' && preemptive))
			continue;
		snprintf(backend.name, sizeof(backend.name), "%s", word + strspn(word, "+*-"));
		while ((word = strtok(0, " \t\n")) && backend.count < PROGRAMS_MAX)
			if ((*word != '+' || preemptive) && (*word != '-' || !preemptive))
				snprintf(backend.programs[backend.count++],
					 sizeof(backend.programs[0]), "%s",
					 word + (*word == '+' || *word == '-'));
		use(&backend);
	}
	fclose(table);
}
