/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * network OBJECT CGROUP NETWORKS…: attaches the object's programs for cgroups, and no others, to
 * the root of the cgroups, with the networks of those files excluded; says "attached", and keeps
 * them until its input ends. Nobody reads what they report.
 */
#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <linux/types.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../bpf/include/edge_event.h"

#define PROGRAMS 8

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int map_of(struct bpf_object *object, const char *name)
{
	return bpf_object__find_map_fd_by_name(object, name);
}

static bool is_wanted(const struct bpf_program *program)
{
	return !strncmp(bpf_program__section_name(program), "cgroup/", 7);
}

/* One line: an address, a slash, a length. */
static void exclude(struct bpf_object *object, char *line)
{
	char *length = strchr(line, '/');
	__u8 any = 1;
	int error;

	if (!length)
		return;
	*length++ = 0;
	if (strchr(line, ':')) {
		struct edge_net6_key key = {.prefix_len = atoi(length)};

		error = inet_pton(AF_INET6, line, key.address) != 1 ||
			bpf_map_update_elem(map_of(object, "exclude_net6"), &key, &any, BPF_ANY);
	} else {
		struct edge_net4_key key = {.prefix_len = atoi(length)};

		error = inet_pton(AF_INET, line, key.address) != 1 ||
			bpf_map_update_elem(map_of(object, "exclude_net4"), &key, &any, BPF_ANY);
	}
	if (error)
		fail(line);
}

static void exclude_all(struct bpf_object *object, const char *path)
{
	FILE *networks = fopen(path, "r");
	char line[256];

	if (!networks)
		fail(path);
	while (fgets(line, sizeof(line), networks)) {
		line[strcspn(line, "# \n")] = 0;
		exclude(object, line);
	}
	fclose(networks);
}

int main(int argc, char **argv)
{
	struct bpf_link *links[PROGRAMS];
	struct bpf_program *program;
	struct bpf_object *object;
	int cgroup, count = 0;

	if (argc < 3)
		return fprintf(stderr, "usage: network OBJECT CGROUP NETWORKS...\n"), 2;
	object = bpf_object__open_file(argv[1], NULL);
	if (!object)
		fail(argv[1]);
	bpf_object__for_each_program(program, object)
	    bpf_program__set_autoload(program, is_wanted(program));
	if (bpf_object__load(object))
		fail("load");
	for (int i = 3; i < argc; i++)
		exclude_all(object, argv[i]);
	cgroup = open(argv[2], O_RDONLY | O_CLOEXEC);
	bpf_object__for_each_program(program, object)
	{
		if (!is_wanted(program) || count == PROGRAMS)
			continue;
		links[count] = bpf_program__attach_cgroup(program, cgroup);
		if (!links[count])
			fail(bpf_program__name(program));
		count++;
	}
	puts("attached");
	fflush(stdout);
	while (getchar() != EOF)
		;
	while (count)
		bpf_link__destroy(links[--count]);
	bpf_object__close(object);
	return 0;
}
