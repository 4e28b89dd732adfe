#include "guest.h"

#include <bpf/bpf.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static struct bpf_map *notes_of(struct probes *probes)
{
	return bpf_object__find_map_by_name(probes->object, "change_notes");
}

void note_leave(struct probes *probes, int thread)
{
	struct edge_call *note = calloc(1, bpf_map__value_size(notes_of(probes)));

	waitpid(thread, 0, WUNTRACED);
	note->header.size = sizeof(*note);
	note->task.pid = thread;
	note->call = EDGE_CALL_UNLINK;
	note->file.watch = EDGE_WATCH_OPEN;
	bpf_map_update_elem(bpf_map__fd(notes_of(probes)), &thread, note, BPF_ANY);
	free(note);
	kill(thread, SIGCONT);
}

bool note_is_left(struct probes *probes, int thread)
{
	char *note = malloc(bpf_map__value_size(notes_of(probes)));
	bool is_left = !bpf_map_lookup_elem(bpf_map__fd(notes_of(probes)), &thread, note);

	free(note);
	return is_left;
}
