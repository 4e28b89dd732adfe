#include "guest.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#define TABLE "/call-functions.txt"
#define RETURN "on_call_return"
#define OPTIONAL "on_optional_return"

/* A function of the table, by the kernel's types; a kernel may describe it twice. */
struct function {
	char name[64];
	bool failed_only;
	unsigned id, prototype;		    /* of the first */
	unsigned other_id, other_prototype; /* of the second */
};

static struct function functions[FUNCTIONS_MAX];
static int count;
static unsigned usual, optional; /* prototypes; 0 = none */

static void table_read(void)
{
	char line[1024];
	FILE *table = fopen(TABLE, "r");
	struct utsname machine;

	uname(&machine);
	while (table && fgets(line, sizeof(line), table)) {
		char *arch = strtok(line, " \n"), *result, *prefix, *name;

		if (!arch ||
		    strcmp(arch, strcmp(machine.machine, "aarch64") ? machine.machine : "arm64"))
			continue;
		result = strtok(0, " \n");
		prefix = strtok(0, " \n");
		while ((name = strtok(0, " \n")) && count < FUNCTIONS_MAX) {
			functions[count].failed_only = !strcmp(result, "failed");
			snprintf(functions[count++].name, sizeof(functions[0].name), "%s%s", prefix,
				 name);
		}
	}
}

static int compare(const void *a, const void *b)
{
	return strcmp(((struct function *)a)->name, ((struct function *)b)->name);
}

static void types_read(void)
{
	struct btf *types = btf__load_vmlinux_btf();
	unsigned end = types ? btf__type_cnt(types) : 0;

	qsort(functions, count, sizeof(functions[0]), compare);
	for (unsigned id = 1; id < end; id++) {
		const struct btf_type *type = btf__type_by_id(types, id);
		struct function *found, wanted = {};

		if (!btf_is_func(type))
			continue;
		snprintf(wanted.name, sizeof(wanted.name), "%s",
			 btf__name_by_offset(types, type->name_off));
		found = bsearch(&wanted, functions, count, sizeof(functions[0]), compare);
		if (found && !found->id) {
			found->id = id;
			found->prototype = type->type;
		} else if (found) {
			found->other_id = id;
			found->other_prototype = type->type;
		}
	}
	btf__free(types);
}

static bool has(const struct function *function, unsigned prototype)
{
	return function->prototype == prototype || function->other_prototype == prototype;
}

/* As src/EdgeAgent/Probes/CallFunctions.cs. */
bool functions_prepare(struct bpf_object *object)
{
	struct bpf_program *target = bpf_object__find_program_by_name(object, RETURN);
	struct function wanted = {}, *first;

	if (!count) {
		table_read();
		types_read();
	}
	snprintf(wanted.name, sizeof(wanted.name), "%s",
		 strchr(bpf_program__section_name(target), '/') + 1);
	first = bsearch(&wanted, functions, count, sizeof(functions[0]), compare);
	usual = first ? first->prototype : 0;
	optional = 0;
	for (int i = 0; i < count; i++) {
		if (!functions[i].id || has(&functions[i], usual))
			continue;
		if (!optional) {
			optional = functions[i].prototype;
			bpf_program__set_attach_target(
			    bpf_object__find_program_by_name(object, OPTIONAL), 0,
			    functions[i].name);
		}
		if (functions[i].prototype != optional)
			return false;
	}
	return usual;
}

static int target_set(struct bpf_object *object, const char *map, const char *program)
{
	int index = 0, fd = bpf_object__find_map_fd_by_name(object, map);
	int target = bpf_program__fd(bpf_object__find_program_by_name(object, program));

	return bpf_map_update_elem(fd, &index, &target, BPF_ANY) ? -1 : fd;
}

static int jump_load(const struct function *function, int map)
{
	/* r2 = result; if (r2 >= 0) goto out; tail_call(ctx, map, 0); out: return 0 */
	struct bpf_insn instructions[] = {
	    {BPF_LDX | BPF_MEM | BPF_DW, 2, 1, 8, 0},
	    {BPF_JMP | BPF_JSGE | BPF_K, 2, 0, 4, 0},
	    {BPF_LD | BPF_IMM | BPF_DW, 2, BPF_PSEUDO_MAP_FD, 0, map},
	    {0, 0, 0, 0, 0},
	    {BPF_ALU64 | BPF_MOV | BPF_K, 3, 0, 0, 0},
	    {BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_tail_call},
	    {BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0},
	    {BPF_JMP | BPF_EXIT, 0, 0, 0, 0},
	};
	int skipped = function->failed_only ? 0 : 2;
	LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = BPF_TRACE_FEXIT,
		    .attach_btf_id = has(function, usual) && function->prototype != usual
					 ? function->other_id
					 : function->id);

	return bpf_prog_load(BPF_PROG_TYPE_TRACING, "call_function", "GPL", instructions + skipped,
			     sizeof(instructions) / sizeof(instructions[0]) - skipped, &options);
}

int functions_attach(struct bpf_object *object, int *links, int most)
{
	int map = target_set(object, "call_returns", RETURN), used = 0;
	int other = optional ? target_set(object, "optional_returns", OPTIONAL) : 0;

	for (int i = 0; map >= 0 && other >= 0 && i < count && used < most; i++) {
		int program, link;

		if (!functions[i].id)
			continue;
		program = jump_load(&functions[i], has(&functions[i], usual) ? map : other);
		link = program < 0 ? -1 : bpf_raw_tracepoint_open(0, program);
		if (link < 0) {
			fprintf(stderr, "%s: %m\n", functions[i].name);
			return -1;
		}
		close(program);
		links[used++] = link;
	}
	return used;
}
