#define _GNU_SOURCE
#include "trigger.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static volatile sig_atomic_t ended;

static void end(int number)
{
	(void)number;
	ended = 1;
}

/* Opens that can be told apart afterwards: each of a file of its own, whose name is its number,
 * from 1 on without a gap, until SIGTERM. */
static void numbered_opens(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	long last = 0;

	signal(SIGTERM, end);
	while (!ended) {
		char path[4096];
		int fd;

		snprintf(path, sizeof(path), "%s/%ld", arguments[0], last + 1);
		fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
		if (fd < 0)
			fail(path);
		last++;
		close(fd);
		unlink(path);
		usleep(atoi(arguments[1]));
	}
	truth_begin(command->name);
	truth_number("last", last);
	truth_end(before_ns, boot_ns());
}

const struct command numbered_commands[] = {
    {"numbered_opens", "FOLDER PAUSE_US", 2, numbered_opens},
    {0},
};
