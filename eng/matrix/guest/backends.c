#include "guest.h"

#include <stdlib.h>
#include <string.h>

#define TABLE "/backends.txt"

void backends_each(void (*use)(const struct backend *backend))
{
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
			snprintf(backend.programs[backend.count++], sizeof(backend.programs[0]),
				 "%s", word);
		use(&backend);
	}
	fclose(table);
}
