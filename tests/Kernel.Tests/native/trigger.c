#define _GNU_SOURCE
#include "trigger.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NOBODY 65534

static const struct command *const families[] = {
    open_commands,     uring_commands, uring_call_commands, network_commands, process_commands,
    file_commands,     rare_commands,  race_commands,	    hide_commands,    spawn_commands,
    numbered_commands, held_commands,  traced_commands,	    every_commands,
};

#define FAMILIES (sizeof(families) / sizeof(families[0]))

/* Before the command: who does it. The program's own file may be closed to other users. */
static void become_nobody(void)
{
	if (setresgid(NOBODY, NOBODY, NOBODY) || setresuid(NOBODY, NOBODY, NOBODY))
		fail("setresuid");
}

int main(int count, char **values)
{
	if (count > 2 && !strcmp(values[1], "as_nobody")) {
		become_nobody();
		count--;
		values++;
	}
	for (size_t i = 0; count > 1 && i < FAMILIES; i++) {
		for (const struct command *command = families[i]; command->name; command++) {
			if (!strcmp(command->name, values[1]) && command->arguments == count - 2) {
				command->run(command, values + 2);
				return 0;
			}
		}
	}
	fprintf(stderr, "usage:\n");
	for (size_t i = 0; i < FAMILIES; i++)
		for (const struct command *command = families[i]; command->name; command++)
			fprintf(stderr, "  trigger %s %s\n", command->name, command->usage);
	return 2;
}
