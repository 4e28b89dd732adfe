#include "guest.h"

#include <stdlib.h>
#include <string.h>

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

void backends_each(void (*use)(const struct backend *backend))
{
	bool preemptive = is_preemptive();
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
		snprintf(backend.name, sizeof(backend.name), "%s", word ? word : "");
		while ((word = strtok(0, " \t\n")) && backend.count < PROGRAMS_MAX)
			if (*word != '+' || preemptive)
				snprintf(backend.programs[backend.count++],
					 sizeof(backend.programs[0]), "%s", word + (*word == '+'));
		use(&backend);
	}
	fclose(table);
}
