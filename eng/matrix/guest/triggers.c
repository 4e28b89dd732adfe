#define _GNU_SOURCE
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define TRIGGER "/trigger"
#define ELSEWHERE "/elsewhere"
#define LATER ELSEWHERE "/later" /* what a name becomes while the call waits */
#define TREE "/tree"
#define NOBODY 65534
#define WAIT_MS 100

enum {
	WATCHED = 1 << 0, /* the first argument is a file that is watched and there */
	NAMED = 1 << 1,	  /* the first argument is a name that is watched, and no file yet */
	PRIVATE = 1 << 2, /* done by a user who may not read the file */
	PAIR = 1 << 3,	  /* the second argument is such a file, too */
	COUNTED = 1 << 4, /* so many events that they are only counted */
	OVER = 1 << 5,	  /* the first argument is any file, the second one that is watched */
	FRESH = 1 << 6,	  /* the second argument is a name that nothing has */
	BELOW = 1 << 7,	  /* the first argument is a folder, not there yet, below a watched one */
	INSIDE = 1 << 8,  /* the first argument is a folder whose content is watched */
	ANY = 1 << 9,	  /* the first argument is a file that is not watched */
	NOTED = 1 << 10,  /* a note of an earlier call by this thread was left */
};

/* What is set off: a command of the trigger program under a name of its own, with its arguments. */
static const struct scenario {
	const char *signal, *name;
	const char *arguments[5];
	int flags;
} scenarios[] = {
    {"file-open", "open_plain", {"open_plain", FOLDER "/plain"}, WATCHED},
    {"file-open", "open_relative", {"open_relative", FOLDER "/relative"}, WATCHED},
    {"file-open", "open_openat2", {"open_openat2", FOLDER "/openat2"}, WATCHED},
    {"file-open", "open_creat", {"open_creat", FOLDER "/creat"}, WATCHED},
    {"file-open", "open_creates", {"open_creat", FOLDER "/absent"}, NAMED},
    {"file-open", "open_by_handle", {"open_by_handle", FOLDER "/handle"}, WATCHED},
    {"file-open", "open_in_new_folder", {"open_in_new_folder", TREE "/a/new"}, BELOW},
    {"file-open",
     "open_in_moved_folder",
     {"open_in_moved_folder", TREE "/a/moved", ELSEWHERE "/moved"},
     BELOW},
    {"file-open", "open_opath", {"open_opath", FOLDER "/opath"}, WATCHED},
    {"file-open",
     "open_symlink",
     {"open_symlink", FOLDER "/symlink", ELSEWHERE "/symlink"},
     WATCHED},
    {"file-open",
     "open_hardlink",
     {"open_hardlink", FOLDER "/hardlink", FOLDER "/another-name"},
     WATCHED},
    {"file-open", "open_deleted", {"open_deleted", FOLDER "/deleted"}, WATCHED},
#ifdef __x86_64__
    {"file-open", "open_int80", {"open_int80", FOLDER "/int80"}, WATCHED},
#endif
    {"file-open", "open_refused", {"open_plain", FOLDER "/private"}, WATCHED | PRIVATE},
    {"file-open", "uring_open", {"uring_open", FOLDER "/uring"}, WATCHED},
    {"file-open", "uring_openat2", {"uring_openat2", FOLDER "/uring-openat2"}, WATCHED},
    {"file-open", "uring_async", {"uring_async", FOLDER "/uring-async"}, WATCHED},
    {"file-open", "uring_polled", {"uring_polled", FOLDER "/uring-polled"}, WATCHED},
    {"file-open", "uring_direct", {"uring_direct", FOLDER "/uring-direct"}, WATCHED},
    {"file-open", "uring_direct_any", {"uring_direct_any", FOLDER "/uring-any"}, WATCHED},
    {"file-open", "uring_linked", {"uring_linked", FOLDER "/uring-linked"}, WATCHED},
    {"file-open",
     "open_contended",
     {"open_contended", FOLDER "/contended", FOLDER "/contended-too", "1000"},
     WATCHED | PAIR | COUNTED},
    {"process", "fork_exit", {"fork_exit", "7"}, 0},
    {"process", "exit_threads", {"exit_threads"}, 0},
    {"process", "exit_noted", {"fork_exit", "7"}, NOTED},
    {"calls", "call_open_refused", {"open_refused", FOLDER "/call-refused"}, WATCHED | PRIVATE},
    {"calls", "call_rename", {"rename", ELSEWHERE "/over", FOLDER "/call-over"}, OVER},
    {"calls",
     "call_link",
     {"link", FOLDER "/call-link", ELSEWHERE "/call-link-too"},
     WATCHED | FRESH},
    {"calls",
     "call_symlink",
     {"symlink", FOLDER "/call-symlink", ELSEWHERE "/call-symlink-too"},
     WATCHED | FRESH},
    {"calls", "call_unlink", {"unlink", FOLDER "/call-unlink"}, WATCHED},
    {"calls",
     "uring_rename",
     {"uring_rename", ELSEWHERE "/uring-over", FOLDER "/uring-over"},
     OVER},
    {"calls",
     "uring_link",
     {"uring_link", FOLDER "/uring-link", ELSEWHERE "/uring-link-too"},
     WATCHED | FRESH},
    {"calls",
     "uring_symlink",
     {"uring_symlink", FOLDER "/uring-symlink", ELSEWHERE "/uring-symlink-too"},
     WATCHED | FRESH},
    {"calls", "uring_unlink", {"uring_unlink", FOLDER "/uring-unlink"}, WATCHED},
    {"calls", "uring_raw_socket", {"uring_raw_socket"}, 0},
    {"calls", "call_chmod", {"chmod", FOLDER "/call-chmod"}, WATCHED},
    {"calls", "call_fchmod", {"fchmod", FOLDER "/call-fchmod"}, WATCHED},
    {"calls",
     "held_rename",
     {"held_rename", FOLDER "/held-rename", ELSEWHERE "/held-rename-to", LATER},
     WATCHED | FRESH},
    {"calls",
     "held_link",
     {"held_link", FOLDER "/held-link", ELSEWHERE "/held-link-too", LATER},
     WATCHED | FRESH},
    {"calls",
     "held_symlink",
     {"held_symlink", FOLDER "/held-symlink", ELSEWHERE "/held-symlink-too", LATER},
     WATCHED | FRESH},
    {"calls", "held_unlink", {"held_unlink", FOLDER "/held-unlink", "-", LATER}, WATCHED},
    {"calls", "held_rmdir", {"held_rmdir", FOLDER "/held-rmdir", "-", LATER}, INSIDE},
    {"calls", "held_truncate", {"held_truncate", FOLDER "/held-truncate", "-", LATER}, WATCHED},
    {"calls", "held_chmod", {"held_chmod", FOLDER "/held-chmod", "-", LATER}, WATCHED},
    {"calls", "held_chown", {"held_chown", FOLDER "/held-chown", "-", LATER}, WATCHED},
    {"calls",
     "held_traced_rename",
     {"held_traced_rename", FOLDER "/held-traced", ELSEWHERE "/held-traced-to", LATER},
     WATCHED | FRESH},
    {"calls",
     "held_traced_unlink",
     {"held_traced_unlink", FOLDER "/held-traced-unlink", "-", LATER},
     WATCHED},
    {"calls",
     "held_other",
     {"held_unlink", ELSEWHERE "/held-other", FOLDER "/held-watched", FOLDER "/held-watched"},
     OVER},
    {"calls", "call_after_note", {"unlink", ELSEWHERE "/after-note"}, ANY | NOTED},
    {"calls", "call_memfd_create", {"memfd_create", "hidden"}, 0},
    {"calls", "call_unshare", {"unshare", "0x40000000"}, 0},
    {"calls", "call_ptrace", {"ptrace", "16"}, 0},
    {"calls", "call_raw_socket", {"raw_socket"}, 0},
    {"calls", "call_filtered", {"filtered"}, 0},
    {"calls", "call_every", {"every_call", FOLDER "/every", FOLDER "/every-new"}, WATCHED | FRESH},
#ifdef __x86_64__
    {"calls", "call_raw_int80", {"raw_int80"}, 0},
    {"calls",
     "call_every32",
     {"every_call32", FOLDER "/every32", FOLDER "/every32-new"},
     WATCHED | FRESH},
#endif
    {"network", "connect4", {"connect4", "203.0.113.10", "443"}, 0},
    {"network", "connect4_udp", {"connect4_udp", "198.51.100.9", "53"}, 0},
    {"network", "connect4_excluded", {"connect4", "10.1.2.3", "80"}, 0},
    {"network", "connect6", {"connect6", "2001:db8::10", "443"}, 0},
    {"network", "connect6_mapped", {"connect6", "203.0.113.10", "8443"}, 0},
    {"network", "sendto4", {"sendto4", "198.51.100.9", "53"}, 0},
    {"network", "sendto6", {"sendto6", "2001:db8::10", "53"}, 0},
    {"network", "sendto6_mapped", {"sendto6", "198.51.100.9", "123"}, 0},
    {"network", "sendmmsg4", {"sendmmsg4", "198.51.100.9", "5000"}, 0},
};

static void make_file(const char *path)
{
	close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
}

static void make_watched(struct probes *probes, const char *path)
{
	make_file(path);
	watch_file(probes, path);
	watch_name(probes, FOLDER, strrchr(path, '/') + 1);
}

/* A watched folder and one below it, both listed; the folders in the latter of an earlier run go.
 */
static void tree_prepare(struct probes *probes, const char *path)
{
	char below[64];

	mkdir(TREE, 0755);
	mkdir(TREE "/a", 0755);
	snprintf(below, sizeof(below), "%s/below/file", path);
	unlink(below);
	rmdir(dirname(below));
	rmdir(path);
	watch_folder(probes, TREE);
	watch_folder(probes, TREE "/a");
	fresh_end(probes);
}

static void prepare(struct probes *probes, const struct scenario *scenario)
{
	const char *path = scenario->arguments[1];

	mkdir(FOLDER, 0755);
	mkdir(ELSEWHERE, 0755);
	if (scenario->flags & NAMED) {
		unlink(path);
		watch_name(probes, FOLDER, strrchr(path, '/') + 1);
	}
	if (scenario->flags & WATCHED)
		make_watched(probes, path);
	if (scenario->flags & INSIDE) {
		mkdir(path, 0755);
		watch_folder(probes, path);
	}
	if (scenario->flags & BELOW)
		tree_prepare(probes, path);
	if (scenario->flags & FRESH)
		unlink(scenario->arguments[2]);
	if (scenario->flags & (OVER | ANY))
		make_file(path);
	if (scenario->flags & (PAIR | OVER))
		make_watched(probes, scenario->arguments[2]);
}

/* Prints the truth as the trigger tells it, under the scenario's name; of one that fails, who it
 * was and how it ended. */
static void set_off(struct probes *probes, const struct scenario *scenario)
{
	char truth[8192] = "", *rest;
	int ends[2], status;
	size_t used = 0;
	ssize_t got;
	pid_t child;

	if (pipe2(ends, O_CLOEXEC))
		return;
	child = fork();
	if (!child) {
		const char *line[6] = {TRIGGER};

		memcpy(line + 1, scenario->arguments, sizeof(scenario->arguments));
		dup2(ends[1], STDOUT_FILENO);
		if (scenario->flags & NOTED)
			raise(SIGSTOP);
		if (scenario->flags & PRIVATE && (setgid(NOBODY) || setuid(NOBODY)))
			_exit(126);
		execv(TRIGGER, (char **)line);
		_exit(127);
	}
	close(ends[1]);
	if (scenario->flags & NOTED)
		note_leave(probes, child);
	if (scenario->flags & COUNTED)
		events_count(child);
	/* The rings are not to run over meanwhile. */
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	while ((got = read(ends[0], truth + used, sizeof(truth) - 1 - used)) > 0 ||
	       (got < 0 && errno == EAGAIN)) {
		used += got > 0 ? got : 0;
		if (scenario->flags & COUNTED)
			ring_buffer__poll(probes->rings, 1);
		else
			usleep(1000);
	}
	close(ends[0]);
	waitpid(child, &status, 0);

	printf(LINE "{\"is\":\"truth\"");
	json_text("scenario", scenario->name, strlen(scenario->name));
	json_number("ended", status);
	for (int i = 1; i < 3 && scenario->arguments[i]; i++)
		json_text(i == 1 ? "first" : "second", scenario->arguments[i],
			  strlen(scenario->arguments[i]));
	if (scenario->flags & COUNTED) {
		ring_buffer__consume(probes->rings);
		json_number("reported", events_count(0));
	}
	if (scenario->flags & NOTED)
		json_number("note_left", note_is_left(probes, child));
	rest = strchr(truth, ',');
	if (rest)
		printf("%s", rest); /* ends with the brace and the line's end */
	else
		printf(",\"pid\":%d}\n", child);
}

void triggers_run(struct probes *probes, const char *signal)
{
	for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++) {
		if (strcmp(scenarios[i].signal, signal))
			continue;
		prepare(probes, &scenarios[i]);
		ring_buffer__consume(probes->rings);
		set_off(probes, &scenarios[i]);
		ring_buffer__poll(probes->rings, WAIT_MS);
		ring_buffer__consume(probes->rings);
	}
}
