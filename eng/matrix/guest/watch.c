#define _GNU_SOURCE
#include "guest.h"

#include <bpf/bpf.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../../../bpf/include/edge_filter.h"
#include "../../../bpf/include/edge_fresh.h"

static struct edge_filter_table filter;

static int map_of(struct probes *probes, const char *name)
{
	return bpf_object__find_map_fd_by_name(probes->object, name);
}

/* What the kernel knows the file as: the iterator tells it for descriptors of the agent's. */
static struct edge_file_identity identity_of(struct probes *probes, const char *path)
{
	struct bpf_program *program =
	    bpf_object__find_program_by_name(probes->object, "on_identity");
	struct edge_file_identity answer = {}, found = {};
	int fd = open(path, O_PATH | O_CLOEXEC);
	uint32_t slot = 0, self = getpid();
	struct bpf_link *link;
	int answers;

	bpf_map_update_elem(map_of(probes, "agent_tgid"), &slot, &self, BPF_ANY);
	link = bpf_program__attach_iter(program, 0);
	answers = link ? bpf_iter_create(bpf_link__fd(link)) : -1;
	while (fd >= 0 && read(answers, &answer, sizeof(answer)) == sizeof(answer))
		if (answer.fd == (uint32_t)fd)
			found = answer;
	close(answers);
	bpf_link__destroy(link);
	close(fd);
	return found;
}

static void let_through(struct probes *probes, uint64_t inode)
{
	uint32_t only = 0;

	filter.buckets[edge_filter_bucket(inode)] = 1;
	bpf_map_update_elem(map_of(probes, EDGE_FILTER_AGENT), &only, &filter, BPF_ANY);
}

static void watch_inode(struct probes *probes, const char *path, uint32_t bits)
{
	struct edge_file_identity identity = identity_of(probes, path);
	struct edge_inode_key key = {identity.inode, identity.device, identity.generation};

	bpf_map_update_elem(map_of(probes, "watch_inodes"), &key, &bits, BPF_ANY);
	let_through(probes, identity.inode);
}

void watch_file(struct probes *probes, const char *path)
{
	watch_inode(probes, path, EDGE_WATCH_OPEN);
}

void watch_folder(struct probes *probes, const char *path)
{
	watch_inode(probes, path, EDGE_WATCH_FOLDER);
}

void fresh_end(struct probes *probes)
{
	struct edge_fresh listed = {};
	uint32_t only = 0;

	if (probes->tell_folders)
		bpf_map_update_elem(map_of(probes, EDGE_FRESH), &only, &listed, BPF_ANY);
}

void watch_name(struct probes *probes, const char *folder, const char *name)
{
	struct edge_file_identity identity = identity_of(probes, folder);
	struct edge_name_key key = {identity.inode, identity.device, identity.generation, {0}};
	struct edge_word_key word = {{0}};
	uint32_t bits = EDGE_WATCH_OPEN;

	memcpy(key.name, name, strnlen(name, sizeof(key.name)));
	memcpy(word.word, name, strnlen(name, sizeof(word.word)));
	bpf_map_update_elem(map_of(probes, "watch_names"), &key, &bits, BPF_ANY);
	bpf_map_update_elem(map_of(probes, "watch_words"), &word, &bits, BPF_ANY);
	let_through(probes, identity.inode);
}

void watch_exclude_10(struct probes *probes)
{
	struct edge_net4_key key = {8, {10, 0, 0, 0}};
	uint8_t excluded = 1;

	bpf_map_update_elem(map_of(probes, "exclude_net4"), &key, &excluded, BPF_ANY);
}
