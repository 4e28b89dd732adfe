#include "guest.h"

#include <arpa/inet.h>
#include <string.h>

static void task(const struct edge_task *task)
{
	json_number("pid", task->pid);
	json_number("tid", task->tid);
	json_number("ppid", task->parent_pid);
	json_number("sid", task->session_pid);
	json_number("uid", task->uid);
	json_number("euid", task->euid);
	json_number("gid", task->gid);
	json_number("egid", task->egid);
	json_number("capabilities", task->capabilities);
	json_number("terminal", task->terminal);
	json_number("mount_namespace", task->mount_namespace);
	json_number("pid_namespace", task->pid_namespace);
	json_number("network_namespace", task->network_namespace);
	json_number("user_namespace", task->user_namespace);
	json_text("comm", task->comm, strnlen(task->comm, sizeof(task->comm)));
}

static void file(const struct edge_file *file)
{
	json_number("inode", file->inode);
	json_number("device", file->device);
	json_number("links", file->link_count);
	json_number("path_flags", file->path_flags);
	json_number("watch", file->watch);
}

static void opened(const struct edge_file_open *open)
{
	const char *tail = (const char *)(open + 1);

	file(&open->file);
	json_number("flags", open->open_flags);
	json_text("path", tail, open->path_len);
	json_text("asked", tail + open->path_len, open->asked_len);
}

static void executed(const struct edge_exec *exec)
{
	const char *tail = (const char *)(exec + 1);

	file(&exec->file);
	json_text("path", tail, exec->path_len);
	tail += exec->path_len;
	json_text("asked", tail, exec->asked_len);
	tail += exec->asked_len;
	json_text("interpreter", tail, exec->interpreter_len);
	tail += exec->interpreter_len;
	json_text("cwd", tail, exec->cwd_len);
	tail += exec->cwd_len;
	json_text("argv", tail, exec->argv_len);
}

static void network(const struct edge_network *network)
{
	static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
	char text[INET6_ADDRSTRLEN];

	if (!memcmp(network->address, mapped, sizeof(mapped)))
		inet_ntop(AF_INET, network->address + sizeof(mapped), text, sizeof(text));
	else
		inet_ntop(AF_INET6, network->address, text, sizeof(text));
	json_text("address", text, strlen(text));
	json_number("port", network->port);
	json_number("protocol", network->protocol);
}

static void called(const struct edge_call *call)
{
	const char *tail = (const char *)(call + 1);

	file(&call->file);
	json_number("call", call->call);
	json_number("result", call->result);
	json_number("argument0", call->arguments[0]);
	json_number("argument1", call->arguments[1]);
	json_number("argument2", call->arguments[2]);
	json_number("argument3", call->arguments[3]);
	json_text("name", tail, call->name_len);
	tail += call->name_len;
	json_text("folder", tail, call->folder_len);
	tail += call->folder_len;
	json_text("other_name", tail, call->other_name_len);
	tail += call->other_name_len;
	json_text("other_folder", tail, call->other_folder_len);
}

static unsigned counted_pid, counted;

unsigned events_count(int pid)
{
	unsigned before = counted;

	counted_pid = pid;
	counted = 0;
	return before;
}

int event_print(void *unused, void *record, size_t size)
{
	const struct edge_header *header = record;

	(void)unused;
	(void)size;
	if (counted_pid) {
		counted += header->kind == EDGE_KIND_FILE_OPEN &&
			   ((const struct edge_file_open *)record)->task.pid == counted_pid;
		return 0;
	}
	printf(LINE "{\"is\":\"event\"");
	json_number("kind", header->kind);
	json_number("boot_ns", header->boot_ns);
	json_number("origin", header->origin);
	task((const struct edge_task *)(header + 1));
	switch (header->kind) {
	case EDGE_KIND_EXEC:
		executed(record);
		break;
	case EDGE_KIND_FORK:
		json_number("child", ((const struct edge_fork *)record)->child_pid);
		break;
	case EDGE_KIND_EXIT:
		json_number("status", ((const struct edge_exit *)record)->exit_code);
		break;
	case EDGE_KIND_FILE_OPEN:
		opened(record);
		break;
	case EDGE_KIND_CALL:
		called(record);
		break;
	default:
		network(record);
	}
	puts("}");
	return 0;
}
