/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* attach OBJECT PROGRAM: attaches one program, says "attached", and keeps it until its input ends. */
#include <bpf/libbpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
	struct bpf_object *object;
	struct bpf_program *program;
	struct bpf_link *link = NULL;

	if (argc != 3)
		return fprintf(stderr, "usage: attach OBJECT PROGRAM\n"), 2;
	object = bpf_object__open_file(argv[1], NULL);
	if (!object)
		return perror(argv[1]), 1;
	bpf_object__for_each_program(program, object)
		bpf_program__set_autoload(program, !strcmp(bpf_program__name(program), argv[2]));
	if (bpf_object__load(object))
		return perror("load"), 1;
	program = bpf_object__find_program_by_name(object, argv[2]);
	if (program)
		link = bpf_program__attach(program);
	if (!link)
		return perror("attach"), 1;
	puts("attached");
	fflush(stdout);
	while (getchar() != EOF)
		;
	bpf_link__destroy(link);
	bpf_object__close(object);
	return 0;
}
