/* One thread asks, another changes the argument meanwhile. The truth is counted by what the kernel
 * says afterwards of what it did. */
#define _GNU_SOURCE
#include "trigger.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define WAYS 8 /* of which one is the watched one */

static atomic_bool ended;
static char name[256];
static char *const *names;
static struct sockaddr_in address;
static struct in_addr addresses[2];

/* Numbers at the end of equally long names: one byte is what differs. */
static void *flip_name(void *unused)
{
	volatile char *last = name + strlen(name) - 1;

	for (unsigned i = 0; !ended; i++)
		*last = '0' + i % WAYS;
	return unused;
}

static void *flip_address(void *unused)
{
	volatile in_addr_t *to = &address.sin_addr.s_addr;

	for (unsigned i = 0; !ended; i++)
		*to = addresses[i & 1].s_addr;
	return unused;
}

/* names[0] becomes a link to names[1] or names[2], in turn. */
static void *flip_link(void *unused)
{
	char fresh[300];

	snprintf(fresh, sizeof(fresh), "%s-fresh", names[0]);
	for (unsigned i = 0; !ended; i++)
		if (symlink(names[1 + (i & 1)], fresh) || rename(fresh, names[0]))
			fail(fresh);
	return unused;
}

static pthread_t start(void *(*flip)(void *))
{
	pthread_t thread;

	if (pthread_create(&thread, 0, flip, 0))
		fail("pthread_create");
	return thread;
}

static void report(const struct command *command, pthread_t thread, long count, long hits,
		   uint64_t before_ns)
{
	ended = true;
	pthread_join(thread, 0);
	truth_begin(command->name);
	truth_number("count", count);
	truth_number("hits", hits);
	truth_end(before_ns, boot_ns());
}

/* Opens COUNT times; counts how often the descriptor held the file. */
static long open_and_count(const char *asked, const char *file, long count)
{
	struct stat watched, opened;
	long hits = 0;

	if (stat(file, &watched))
		fail(file);
	for (long i = 0; i < count; i++) {
		int fd = open(asked, O_RDONLY);

		if (fd < 0 || fstat(fd, &opened))
			fail(asked);
		hits += opened.st_ino == watched.st_ino && opened.st_dev == watched.st_dev;
		close(fd);
	}
	return hits;
}

static void race_open(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	long count = atol(arguments[1]);
	pthread_t thread;

	snprintf(name, sizeof(name), "%s", arguments[0]);
	thread = start(flip_name);
	report(command, thread, count, open_and_count(name, arguments[0], count), before_ns);
}

static void race_link(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	long count = atol(arguments[3]);
	pthread_t thread;

	names = arguments;
	if (symlink(arguments[2], arguments[0]))
		fail(arguments[0]);
	thread = start(flip_link);
	report(command, thread, count, open_and_count(arguments[0], arguments[1], count),
	       before_ns);
}

static void race_connect(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	long count = atol(arguments[2]), hits = 0;
	pthread_t thread;

	for (int i = 0; i < 2; i++)
		if (inet_pton(AF_INET, arguments[i], &addresses[i]) != 1)
			fail(arguments[i]);
	address = (struct sockaddr_in){
	    .sin_family = AF_INET, .sin_port = htons(9), .sin_addr = addresses[1]};
	thread = start(flip_address);
	for (long i = 0; i < count; i++) {
		int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
		struct sockaddr_in peer;
		socklen_t size = sizeof(peer);

		if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) ||
		    getpeername(fd, (struct sockaddr *)&peer, &size))
			fail("connect");
		hits += peer.sin_addr.s_addr == addresses[0].s_addr;
		close(fd);
	}
	report(command, thread, count, hits, before_ns);
}

static struct stat watched;

static int is_watched(const char *path)
{
	struct stat status;

	if (lstat(path, &status))
		fail(path);
	return status.st_ino == watched.st_ino;
}

/* The file of this number, as it was asked for at first. */
static const char *numbered(const char *first, int number)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s", first);
	path[strlen(path) - 1] = '0' + number;
	return path;
}

/* Each does the call once and says whether it was of the watched file, which the others are told
 * from by what they have become. */
static int chmod_once(const char *first, const char *unused, long i)
{
	mode_t mode = i % 0777 + 1;
	struct stat now;

	(void)unused;
	if (chmod(name, mode) || stat(first, &now))
		fail(first);
	return (now.st_mode & 0777) == mode;
}

static int truncate_once(const char *first, const char *unused, long i)
{
	struct stat now;

	(void)unused;
	if (truncate(name, 10000 + i) || stat(first, &now))
		fail(first);
	return now.st_size == 10000 + i;
}

static int link_once(const char *unused, const char *other, long i)
{
	int hit;

	(void)unused;
	(void)i;
	if (link(name, other))
		fail(other);
	hit = is_watched(other);
	unlink(other);
	return hit;
}

/* Back to the name that is missing. */
static int rename_once(const char *first, const char *other, long i)
{
	int hit;

	(void)i;
	if (rename(name, other))
		fail(other);
	hit = is_watched(other);
	for (int number = 0; number < WAYS; number++)
		if (access(numbered(first, number), F_OK) && rename(other, numbered(first, number)))
			fail(other);
	return hit;
}

static int unlink_once(const char *first, const char *unused, long i)
{
	int hit;

	(void)unused;
	(void)i;
	if (unlink(name))
		fail(name);
	hit = access(first, F_OK) != 0;
	for (int number = 0; number < WAYS; number++)
		if (access(numbered(first, number), F_OK))
			close(open(numbered(first, number), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
	return hit;
}

static const struct {
	const char *call;
	int (*once)(const char *first, const char *other, long i);
} changes[] = {
    {"chmod", chmod_once},   {"truncate", truncate_once}, {"link", link_once},
    {"rename", rename_once}, {"unlink", unlink_once},
};

static void race_change(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();
	long count = atol(arguments[3]), hits = 0;
	pthread_t thread;
	size_t change = 0;

	while (strcmp(changes[change].call, arguments[0]))
		change++;
	snprintf(name, sizeof(name), "%s", arguments[1]);
	if (stat(name, &watched))
		fail(name);
	thread = start(flip_name);
	for (long i = 0; i < count; i++)
		hits += changes[change].once(arguments[1], arguments[2], i);
	report(command, thread, count, hits, before_ns);
}

const struct command race_commands[] = {
    {"race_open", "PATH-0 COUNT", 2, race_open},
    {"race_link", "LINK PATH OTHER COUNT", 4, race_link},
    {"race_change", "CALL PATH-0 OTHER COUNT", 4, race_change},
    {"race_connect", "ADDRESS OTHER COUNT", 3, race_connect},
    {0},
};
