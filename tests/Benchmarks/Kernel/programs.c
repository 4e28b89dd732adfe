/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * programs PID: of each BPF program that the process holds, its name, how often it ran and for how
 * many ns in all, as the kernel itself counts while kernel.bpf_stats_enabled is 1. The kernel keeps
 * fifteen characters of a name.
 */
#include <bpf/bpf.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The program behind a descriptor of the process, 0 = it is none. A link tells its program, too,
 * and says that it is a link first. */
static unsigned program_of(const char *folder, const char *descriptor)
{
	char path[512], line[256];
	unsigned id = 0;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, descriptor);
	file = fopen(path, "r");
	if (!file)
		return 0;
	while (!id && fgets(line, sizeof(line), file) && strncmp(line, "link_type:", 10))
		if (sscanf(line, "prog_id: %u", &id) != 1)
			id = 0;
	fclose(file);
	return id;
}

static int print(unsigned id)
{
	struct bpf_prog_info info = {};
	unsigned size = sizeof(info);
	int fd = bpf_prog_get_fd_by_id(id);

	if (fd < 0 || bpf_obj_get_info_by_fd(fd, &info, &size))
		return perror("program"), 1;
	close(fd);
	printf("%s %llu %llu\n", info.name, info.run_cnt, info.run_time_ns);
	return 0;
}

int main(int argc, char **argv)
{
	char folder[64];
	struct dirent *entry;
	int fault = 0;
	DIR *entries;

	if (argc != 2)
		return fprintf(stderr, "usage: programs PID\n"), 2;
	snprintf(folder, sizeof(folder), "/proc/%.20s/fdinfo", argv[1]);
	entries = opendir(folder);
	if (!entries)
		return perror(folder), 1;
	while ((entry = readdir(entries))) {
		unsigned id = program_of(folder, entry->d_name);

		if (id)
			fault |= print(id);
	}
	closedir(entries);
	return fault;
}
