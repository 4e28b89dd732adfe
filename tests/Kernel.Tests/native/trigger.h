/* One program that does a thing and prints the truth about it as one JSON line, for tests to
 * compare events with. */
#ifndef TRIGGER_H
#define TRIGGER_H

#include <stdint.h>

struct command {
	const char *name;
	const char *usage;
	int arguments;
	/* Does it and prints; leaves the process through fail() when it cannot be done. */
	void (*run)(const struct command *command, char **arguments);
};

/* One table per family, ended by a null name. */
extern const struct command open_commands[];
extern const struct command uring_commands[];
extern const struct command uring_call_commands[];
extern const struct command network_commands[];
extern const struct command process_commands[];
extern const struct command file_commands[];
extern const struct command rare_commands[];
extern const struct command every_commands[];
extern const struct command race_commands[];
extern const struct command held_commands[];
extern const struct command traced_commands[];
extern const struct command hide_commands[];
extern const struct command spawn_commands[];
extern const struct command numbered_commands[];

/* CLOCK_BOOTTIME, as in the events. */
uint64_t boot_ns(void);

/* Says what could not be done and why (errno), and leaves with 1. */
_Noreturn void fail(const char *what);

/* The line: begin writes who does it, end writes the time span and the line's end. */
void truth_begin(const char *name);
void truth_number(const char *key, long long value);
void truth_text(const char *key, const char *value);
void truth_end(uint64_t before_ns, uint64_t after_ns);

/* As truth_begin, with what a call gave: at least 0, or an errno, negative. */
void result_begin(const struct command *command, long result);

/* The whole line of a call about which nothing else is to be told. */
void result_report(const struct command *command, long result, uint64_t before_ns);

#endif
