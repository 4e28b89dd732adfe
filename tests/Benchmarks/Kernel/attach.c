/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* attach OBJECT PROGRAM...: attaches these programs, says "attached", and keeps them until its input ends. */
#include <bpf/libbpf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_wanted(const struct bpf_program *program, char **names, int count)
{
	for (int i = 0; i < count; i++)
		if (!strcmp(bpf_program__name(program), names[i]))
			return true;
	return false;
}

int main(int argc, char **argv)
{
	struct bpf_object *object;
	struct bpf_program *program;
	int wanted = argc - 2, attached = 0;

	if (argc < 3)
		return fprintf(stderr, "usage: attach OBJECT PROGRAM...\n"), 2;
	object = bpf_object__open_file(argv[1], NULL);
	if (!object)
		return perror(argv[1]), 1;
	bpf_object__for_each_program(program, object)
		bpf_program__set_autoload(program, is_wanted(program, argv + 2, wanted));
	if (bpf_object__load(object))
		return perror("load"), 1;
	bpf_object__for_each_program(program, object)
	{
		if (!bpf_program__autoload(program))
			continue;
		/* The link lives as long as this process. */
		if (!bpf_program__attach(program))
			return perror(bpf_program__name(program)), 1;
		attached++;
	}
	if (attached != wanted)
		return fprintf(stderr, "%d of %d programs found\n", attached, wanted), 1;
	puts("attached");
	fflush(stdout);
	while (getchar() != EOF)
		;
	return 0;
}
