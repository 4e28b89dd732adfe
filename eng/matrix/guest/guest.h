/* The first program of a guest: loads the probes by each backend, sets them off, and prints what
 * they report and what is true, one JSON object a line behind LINE. */
#ifndef GUEST_H
#define GUEST_H

#include <bpf/libbpf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "../../../bpf/include/edge_event.h"

#define LINE "@@"
#define PROGRAMS_MAX 16
#define FUNCTIONS_MAX 256
#define FOLDER "/watch" /* in which the watched files are */

/* One line of backends.txt. */
struct backend {
	char signal[32];
	char name[32];
	char programs[PROGRAMS_MAX][32];
	int count;
};

/* The probes, loaded with some of their programs. */
struct probes {
	struct bpf_object *object;
	struct ring_buffer *rings;
	struct bpf_link *links[PROGRAMS_MAX];
	int count;
	int functions[FUNCTIONS_MAX]; /* links of those at functions of calls */
	int function_count;
	bool tell_folders; /* whether they tell of new folders */
	char reason[1024]; /* why they do not load or hang, empty = they do */
	unsigned steps;	   /* instructions that the verifier looked at, of the program with most */
};

/* backends.c: calls back for each line, in order. */
void backends_each(void (*use)(const struct backend *backend));

/* init.c: the first line of a file, without its end; empty when there is none. */
void file_line(const char *path, char *line, size_t size);

/* probes.c: loads only the programs of these backends and attaches them; false with the reason set.
 */
bool probes_start(struct probes *probes, const struct backend *backends, int count,
		  ring_buffer_sample_fn take);
/* Loads and attaches one program of any object, without rings. */
bool probes_start_one(struct probes *probes, const char *object, const char *program);
void probes_stop(struct probes *probes);

/* watch.c: a file's inode and its name in its folder; a name alone may not exist yet. */
void watch_file(struct probes *probes, const char *path);
void watch_name(struct probes *probes, const char *folder, const char *name);
/* A folder with its content; only that one is known. */
void watch_folder(struct probes *probes, const char *path);
/* As the agent does when it has listed all folders, where it would: the probes tell of new ones. */
void fresh_end(struct probes *probes);
void watch_exclude_10(struct probes *probes);

/* functions.c: the kernel's functions of calls. Before the object is loaded; false where the kernel
 * describes them in more ways than there are programs for. */
bool functions_prepare(struct bpf_object *object);
/* After it: descriptors of the links, or -1. */
int functions_attach(struct bpf_object *object, int *links, int most);

/* notes.c: as if the kernel had left out the program that was to take up the note of a removal by
 * this thread, which has stopped itself and goes on then; whether such a note is still there. */
void note_leave(struct probes *probes, int thread);
bool note_is_left(struct probes *probes, int thread);

/* events.c: prints a record as JSON; the callback of the rings. */
int event_print(void *unused, void *record, size_t size);
/* From here on file opens of this process are counted, and nothing is printed; 0 = print again.
 * Gives the count so far. */
unsigned events_count(int pid);

/* triggers.c: sets off everything that belongs to a signal; prints the truths between the events.
 */
void triggers_run(struct probes *probes, const char *signal);

/* costs.c: counts the instructions that the probes add to calls which concern nothing watched. */
void costs_print(void);

/* json.c */
void json_text(const char *key, const char *value, size_t length);
void json_number(const char *key, long long value);

#endif
