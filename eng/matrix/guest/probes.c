#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "../../../bpf/include/edge_return.h"

#define CGROUP "/sys/fs/cgroup"
#define IDENTITY "on_identity"
#define TELLS_OF_FOLDERS "on_folder_"
#define FUNCTION_RETURN "on_call_return"
#define OPTIONAL_RETURN "on_optional_return"
#define RING_BYTES (32 << 20) /* room for a flood: what is missing was then not reported */

/* Of the verifier's log, its last words and its sums only. */
#define LOG_STATS 4

static char last_words[512];
static char logs[PROGRAMS_MAX + 1][1 << 16];

static bool is_sum(const char *line)
{
	return !strncmp(line, "processed ", 10) || !strncmp(line, "stack depth ", 12) ||
	       !strncmp(line, "verification time ", 18);
}

/* Keeps the last line of the verifier's log, which is the reason; or, without one, libbpf's first.
 */
static void keep_last(char *text)
{
	char *line, *state;

	for (line = strtok_r(text, "\n", &state); line; line = strtok_r(0, "\n", &state)) {
		bool is_own = !strncmp(line, "libbpf:", 7) || !strncmp(line, "-- ", 3);

		if (!is_sum(line) && (!is_own || !*last_words))
			snprintf(last_words, sizeof(last_words), "%s", line);
	}
}

static int keep(enum libbpf_print_level level, const char *format, va_list values)
{
	static char text[1 << 16];

	if (level == LIBBPF_DEBUG)
		return 0;
	vsnprintf(text, sizeof(text), format, values);
	keep_last(text);
	return 0;
}

static unsigned steps_of(const char *log)
{
	const char *line = strstr(log, "processed ");
	unsigned steps = 0;

	if (line)
		sscanf(line, "processed %u", &steps);
	return steps;
}

/* Loads the programs that are wanted; sums up what the verifier says. */
static int load(struct probes *probes)
{
	int error = bpf_object__load(probes->object);

	for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
		unsigned steps = steps_of(logs[i]);

		if (steps > probes->steps)
			probes->steps = steps;
		if (error)
			keep_last(logs[i]);
	}
	errno = -error;
	return error;
}

/* As src/EdgeAgent/Probes/BpfArtifact.cs chooses it; no guest for arm64 is older than 5.18. */
static const char *object_of_kernel(void)
{
	struct utsname name;
	int major = 0, minor = 0;

	uname(&name);
	sscanf(name.release, "%d.%d", &major, &minor);
	if (major < 5 || (major == 5 && minor < 12))
		return "/edge-claims.bpf.o";
	return major < 6 || (major == 6 && minor < 2) ? "/edge-copies.bpf.o" : "/edge.bpf.o";
}

static bool is_wanted(const struct backend *backends, int count, const char *program)
{
	for (int i = 0; i < count; i++)
		for (int j = 0; j < backends[i].count; j++)
			if (!strcmp(backends[i].programs[j], program))
				return true;
	return false;
}

/* As src/EdgeAgent/Probes/ReturnPrograms.cs: what each program notes before the call returns. */
static const struct {
	const char *program;
	enum edge_call_kind call;
} notes[] = {
    {"on_change_rename", EDGE_CALL_RENAME},	{"on_change_link", EDGE_CALL_LINK},
    {"on_change_symlink", EDGE_CALL_SYMLINK},	{"on_change_unlink", EDGE_CALL_UNLINK},
    {"on_change_truncate", EDGE_CALL_TRUNCATE}, {"on_change_chmod", EDGE_CALL_CHMOD},
    {"on_change_chown", EDGE_CALL_CHOWN},
};

static uint32_t noted_by(const struct backend *backend)
{
	uint32_t noted = 0;

	for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++) {
		char among[64];

		snprintf(among, sizeof(among), "%s_allowed", notes[i].program);
		if (is_wanted(backend, 1, notes[i].program) || is_wanted(backend, 1, among))
			noted |= 1U << notes[i].call;
	}
	return noted;
}

/* Tells the programs at the return of system calls what they are wanted for. To that of exits all
 * changes are noted: so the kernel sees what it does then. */
static void shows_set(struct probes *probes, const struct backend *backends, int count)
{
	struct edge_returns shows = {};

	for (int i = 0; i < count; i++) {
		bool opens = !strcmp(backends[i].signal, "file-open");
		uint32_t bit = opens ? EDGE_RETURN_OPENS : EDGE_RETURN_CALLS;

		shows.noted |= strcmp(backends[i].signal, "process") ? noted_by(&backends[i]) : ~0U;
		if (is_wanted(&backends[i], 1, "on_return"))
			shows.on_return |= bit;
		if (is_wanted(&backends[i], 1, "on_return_raw"))
			shows.on_return_raw |= bit;
		if (is_wanted(&backends[i], 1, "on_return_trace"))
			shows.on_return_trace |= bit;
		if (is_wanted(&backends[i], 1, FUNCTION_RETURN))
			shows.on_call_return |= bit;
	}
	bpf_map__set_initial_value(bpf_object__find_map_by_name(probes->object, EDGE_RETURNS),
				   &shows, sizeof(shows));
}

static bool give_up(struct probes *probes)
{
	int error = errno;

	snprintf(probes->reason, sizeof(probes->reason), "%s%s%s", strerror(error),
		 *last_words ? "; " : "", last_words);
	probes_stop(probes);
	return false;
}

/* One that is jumped to by those at the functions of calls. */
static bool is_target(const char *name)
{
	return !strcmp(name, FUNCTION_RETURN) || !strcmp(name, OPTIONAL_RETURN);
}

static bool attach(struct probes *probes, struct bpf_program *program)
{
	const char *section = bpf_program__section_name(program);
	struct bpf_link *link;

	if (!strncmp(section, "cgroup/", 7)) {
		int cgroup = open(CGROUP, O_RDONLY);

		link = bpf_program__attach_cgroup(program, cgroup);
		close(cgroup);
	} else {
		link = bpf_program__attach(program);
	}
	if (!link)
		return give_up(probes);
	probes->links[probes->count++] = link;
	if (!strncmp(bpf_program__name(program), TELLS_OF_FOLDERS, strlen(TELLS_OF_FOLDERS)))
		probes->tell_folders = true;
	return true;
}

static int map_of(struct probes *probes, const char *name)
{
	return bpf_object__find_map_fd_by_name(probes->object, name);
}

bool probes_start(struct probes *probes, const struct backend *backends, int count,
		  ring_buffer_sample_fn take)
{
	struct bpf_program *program;
	bool functions;
	int loaded = 0;

	memset(probes, 0, sizeof(*probes));
	memset(logs, 0, sizeof(logs));
	*last_words = 0;
	libbpf_set_print(keep);
	probes->object = bpf_object__open(object_of_kernel());
	if (!probes->object)
		return give_up(probes);
	bpf_object__for_each_program(program, probes->object)
	{
		const char *name = bpf_program__name(program);
		bool wanted = is_wanted(backends, count, name) || !strcmp(name, IDENTITY);

		bpf_program__set_autoload(program, wanted);
		if (wanted) {
			bpf_program__set_log_level(program, LOG_STATS);
			bpf_program__set_log_buf(program, logs[loaded++], sizeof(logs[0]));
		}
	}
	shows_set(probes, backends, count);
	bpf_map__set_max_entries(bpf_object__find_map_by_name(probes->object, "ring_high"),
				 RING_BYTES);
	functions = is_wanted(backends, count, FUNCTION_RETURN);
	if ((functions && !functions_prepare(probes->object)) || load(probes))
		return give_up(probes);
	bpf_object__for_each_program(program, probes->object)
	{
		const char *name = bpf_program__name(program);

		if (is_wanted(backends, count, name) && !is_target(name) &&
		    !attach(probes, program))
			return false;
	}
	if (functions) {
		probes->function_count =
		    functions_attach(probes->object, probes->functions, FUNCTIONS_MAX);
		if (probes->function_count < 0)
			return give_up(probes);
	}
	probes->rings = ring_buffer__new(map_of(probes, "ring_high"), take, 0, 0);
	if (!probes->rings || ring_buffer__add(probes->rings, map_of(probes, "ring_bulk"), take, 0))
		return give_up(probes);
	return true;
}

bool probes_start_one(struct probes *probes, const char *object, const char *name)
{
	struct bpf_program *program;

	memset(probes, 0, sizeof(*probes));
	probes->object = bpf_object__open(object);
	if (!probes->object)
		return give_up(probes);
	bpf_object__for_each_program(program, probes->object)
	    bpf_program__set_autoload(program, !strcmp(bpf_program__name(program), name));
	if (load(probes))
		return give_up(probes);
	return attach(probes, bpf_object__find_program_by_name(probes->object, name));
}

void probes_stop(struct probes *probes)
{
	if (probes->rings)
		ring_buffer__free(probes->rings);
	for (int i = 0; i < probes->count; i++)
		bpf_link__destroy(probes->links[i]);
	for (int i = 0; i < probes->function_count; i++)
		close(probes->functions[i]);
	bpf_object__close(probes->object);
	probes->rings = 0;
	probes->object = 0;
	probes->count = 0;
}
