#define _GNU_SOURCE
#include "guest.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Under `-icount shift=0` a nanosecond of the guest is one instruction, so that its clock counts
 * them. */
#define ROUNDS 200
#define CALLS_A_ROUND 50
#define BASELINE "/baseline.bpf.o"
#define UNWATCHED "/usr/share/common/unwatched" /* four levels deep */

static void open_close(void)
{
	close(open(UNWATCHED, O_RDONLY | O_CLOEXEC));
}

static void parent_id(void)
{
	syscall(SYS_getppid);
}

static const struct {
	const char *name;
	void (*run)(void);
} operations[] = {{"open", open_close}, {"getppid", parent_id}};

#define OPERATIONS (sizeof(operations) / sizeof(operations[0]))

/* The signals that are shown together, and how; or a program that they are compared with. */
static const struct set {
	const char *name, *opens, *calls, *compared;
	bool fresh; /* folders may be new: more of them are looked at */
} sets[] = {
    {.name = "empty-fexit", .compared = "empty_fexit"},
    {.name = "fexit", .opens = "fexit", .calls = ""},
    {.name = "fexit-fresh", .opens = "fexit", .calls = "", .fresh = true},
    {.name = "lsm", .opens = "lsm", .calls = ""},
    {.name = "lsm-fresh", .opens = "lsm", .calls = "", .fresh = true},
    {.name = "fexit+calls", .opens = "fexit", .calls = "tp_btf"},
    {.name = "fexit+returns", .opens = "fexit", .calls = "fexit-no-owner"},
    {.name = "fexit+checked", .opens = "fexit", .calls = "fentry-no-owner"},
    {.name = "lsm+checked", .opens = "lsm", .calls = "lsm"},
    {.name = "empty-tp_btf", .compared = "empty"},
    {.name = "tp_btf", .opens = "tp_btf", .calls = "tp_btf"},
    {.name = "raw_tp", .opens = "raw_tp", .calls = "raw_tp"},
    {.name = "by-name", .compared = "by_name"},
};

static const struct set *wanted;
static struct backend chosen[2];
static int chosen_count;

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

/* The least of the rounds: the timer's ticks and what they start only add. */
static double instructions(void (*run)(void))
{
	long long least = 0;

	for (int round = 0; round <= ROUNDS; round++) {
		long long start = now(), each;

		for (int i = 0; i < CALLS_A_ROUND; i++)
			run();
		each = now() - start;
		least = round < 2 || each < least ? each : least;
	}
	return (double)least / CALLS_A_ROUND;
}

static void measure(double *out)
{
	for (size_t i = 0; i < OPERATIONS; i++)
		out[i] = instructions(operations[i].run);
}

/* Nothing is measured again beside each set: the kernel still settles after its start. */
static void measure_again(double *least)
{
	double now[OPERATIONS];

	measure(now);
	for (size_t i = 0; i < OPERATIONS; i++)
		least[i] = now[i] < least[i] ? now[i] : least[i];
}

static void choose(const struct backend *backend)
{
	if ((!strcmp(backend->signal, "file-open") && !strcmp(backend->name, wanted->opens)) ||
	    (!strcmp(backend->signal, "calls") && !strcmp(backend->name, wanted->calls)))
		chosen[chosen_count++] = *backend;
}

/* What the set adds to nothing. */
static void print(const struct probes *probes, const double *nothing, const double *with)
{
	printf(LINE "{\"is\":\"cost\"");
	json_text("set", wanted->name, strlen(wanted->name));
	json_text("refused", probes->reason, strlen(probes->reason));
	for (size_t i = 0; i < OPERATIONS && !*probes->reason; i++)
		printf(",\"%s\":%.1f", operations[i].name, with[i] - nothing[i]);
	puts("}");
}

static void file_make(void)
{
	mkdir("/usr", 0755);
	mkdir("/usr/share", 0755);
	mkdir("/usr/share/common", 0755);
	close(open(UNWATCHED, O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
}

/* False where the kernel is not one for these probes. */
static bool start(struct probes *probes, const struct set *set)
{
	wanted = set;
	chosen_count = 0;
	if (set->compared) {
		probes_start_one(probes, BASELINE, set->compared);
		return true;
	}
	backends_each(choose);
	if (chosen_count < !!*set->opens + !!*set->calls)
		return false;
	probes_start(probes, chosen, chosen_count, event_print);
	return true;
}

void costs_print(void)
{
	double nothing[OPERATIONS], with[OPERATIONS];

	file_make();
	measure(nothing);
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		struct probes probes;

		if (!start(&probes, &sets[i]))
			continue;
		if (!*probes.reason) {
			if (!sets[i].fresh)
				fresh_end(&probes);
			measure(with);
		}
		probes_stop(&probes);
		measure_again(nothing);
		print(&probes, nothing, with);
	}
}
