/* Every system call that is told, once, by a user who may nearly none of it; and one that a filter
 * of seccomp answers. */
#define _GNU_SOURCE
#include "trigger.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NOBODY 65534
#define NONE -1

#ifdef __x86_64__
#define OLD(name) SYS_##name
#define COMPAT(number) number
#else
#define OLD(name) NONE /* arm64 has the newer form only */
#define COMPAT(number) NONE
#endif

/* Below 4 GiB, for 32-bit calls. */
struct low {
	char file[256], fresh[256], root[2], nothing[1];
	uint64_t how[3];
	uint32_t vector[4]; /* of a 32-bit call */
	uint64_t native_vector[2];
	uint32_t socket[3];
	union bpf_attr load;
};

/* What stands for an argument. */
enum {
	FILE_NAME = 0x10000,
	FRESH_NAME,
	ROOT_NAME,
	EMPTY_NAME,
	FILE_FD,
	NAMESPACE_FD,
	HOW,
	VECTOR,
	SOCKET_ARGUMENTS,
	LOAD,
};

static const struct {
	const char *name;
	long native, compat;
	long arguments[6];
} calls[] = {
    {"open", OLD(open), 5, {FILE_NAME, O_RDONLY}},
    {"creat", OLD(creat), 8, {FILE_NAME, 0600}},
    {"openat", SYS_openat, COMPAT(295), {AT_FDCWD, FILE_NAME, O_RDONLY}},
    {"openat2", SYS_openat2, 437, {AT_FDCWD, FILE_NAME, HOW, 24}},
    {"rename", OLD(rename), 38, {FILE_NAME, FRESH_NAME}},
    {"renameat", SYS_renameat, COMPAT(302), {AT_FDCWD, FILE_NAME, AT_FDCWD, FRESH_NAME}},
    {"renameat2", SYS_renameat2, COMPAT(353), {AT_FDCWD, FILE_NAME, AT_FDCWD, FRESH_NAME}},
    {"link", OLD(link), 9, {FILE_NAME, FRESH_NAME}},
    {"linkat", SYS_linkat, COMPAT(303), {AT_FDCWD, FILE_NAME, AT_FDCWD, FRESH_NAME}},
    {"symlink", OLD(symlink), 83, {FILE_NAME, FRESH_NAME}},
    {"symlinkat", SYS_symlinkat, COMPAT(304), {FILE_NAME, AT_FDCWD, FRESH_NAME}},
    {"unlink", OLD(unlink), 10, {FILE_NAME}},
    {"rmdir", OLD(rmdir), 40, {FILE_NAME}},
    {"unlinkat", SYS_unlinkat, COMPAT(301), {AT_FDCWD, FILE_NAME}},
    {"truncate", SYS_truncate, 92, {FILE_NAME, 1}},
    {"truncate64", NONE, 193, {FILE_NAME, 1}},
    {"ftruncate", SYS_ftruncate, 93, {FILE_FD, 1}},
    {"ftruncate64", NONE, 194, {FILE_FD, 1}},
    {"chmod", OLD(chmod), 15, {FILE_NAME, 0600}},
    {"fchmod", SYS_fchmod, 94, {FILE_FD, 0600}},
    {"fchmodat", SYS_fchmodat, COMPAT(306), {AT_FDCWD, FILE_NAME, 0600}},
    {"chown", OLD(chown), 182, {FILE_NAME, 0, 0}},
    {"chown32", NONE, 212, {FILE_NAME, 0, 0}},
    {"lchown", OLD(lchown), 16, {FILE_NAME, 0, 0}},
    {"lchown32", NONE, 198, {FILE_NAME, 0, 0}},
    {"fchown", SYS_fchown, 95, {FILE_FD, 0, 0}},
    {"fchown32", NONE, 207, {FILE_FD, 0, 0}},
    {"fchownat", SYS_fchownat, COMPAT(298), {AT_FDCWD, FILE_NAME, 0, 0, 0}},
    {"mount", SYS_mount, 21, {FILE_NAME, FILE_NAME, EMPTY_NAME}},
    {"move_mount", SYS_move_mount, 429, {AT_FDCWD, FILE_NAME, AT_FDCWD, FILE_NAME}},
    {"umount2", SYS_umount2, 52, {FILE_NAME}},
    {"umount", NONE, COMPAT(22), {FILE_NAME}},
    {"pivot_root", SYS_pivot_root, COMPAT(217), {ROOT_NAME, ROOT_NAME}},
    {"init_module", SYS_init_module, 128, {EMPTY_NAME, 1, EMPTY_NAME}},
    {"finit_module", SYS_finit_module, COMPAT(350), {FILE_FD, EMPTY_NAME}},
    {"bpf", SYS_bpf, COMPAT(357), {BPF_PROG_LOAD, LOAD, sizeof(union bpf_attr)}},
    {"ptrace", SYS_ptrace, 26, {PTRACE_ATTACH, 1}},
    {"process_vm_writev", SYS_process_vm_writev, COMPAT(348), {1, VECTOR, 1, VECTOR, 1}},
    {"memfd_create", SYS_memfd_create, COMPAT(356), {EMPTY_NAME}},
    {"setuid", SYS_setuid, 23, {0}},
    {"setuid32", NONE, 213, {0}},
    {"setreuid", SYS_setreuid, 70, {0, 0}},
    {"setreuid32", NONE, 203, {0, 0}},
    {"setresuid", SYS_setresuid, 164, {0, 0, 0}},
    {"setresuid32", NONE, 208, {0, 0, 0}},
    {"setns", SYS_setns, COMPAT(346), {NAMESPACE_FD, CLONE_NEWNET}},
    {"unshare", SYS_unshare, COMPAT(310), {CLONE_NEWNET}},
    {"socket", SYS_socket, COMPAT(359), {AF_INET, SOCK_RAW, 1}},
    {"socketcall", NONE, COMPAT(102), {1, SOCKET_ARGUMENTS}},
};

static struct low *low;
static int file_fd, namespace_fd;

static long value(long argument, bool compat)
{
	switch (argument) {
	case FILE_NAME:
		return (long)low->file;
	case FRESH_NAME:
		return (long)low->fresh;
	case ROOT_NAME:
		return (long)low->root;
	case EMPTY_NAME:
		return (long)low->nothing;
	case FILE_FD:
		return file_fd;
	case NAMESPACE_FD:
		return namespace_fd;
	case HOW:
		return (long)low->how;
	case VECTOR:
		return (long)(compat ? (void *)low->vector : low->native_vector);
	case SOCKET_ARGUMENTS:
		return (long)low->socket;
	case LOAD:
		return (long)&low->load;
	}
	return argument;
}

static long call_native(long number, const long *a)
{
	long result = syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);

	return result < 0 ? -errno : result;
}

#ifdef __x86_64__
/* The sixth argument is 0 in all of them; it is the register of the frame. */
static long call_compat(long number, const long *a)
{
	long result;

	__asm__ volatile("lea -128(%%rsp), %%rsp\n\t"
			 "push %%rbp\n\t"
			 "xor %%ebp, %%ebp\n\t"
			 "int $0x80\n\t"
			 "pop %%rbp\n\t"
			 "lea 128(%%rsp), %%rsp"
			 : "=a"(result)
			 : "a"(number), "b"(a[0]), "c"(a[1]), "d"(a[2]), "S"(a[3]), "D"(a[4])
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
}
#else
static long call_compat(long number, const long *a)
{
	(void)number;
	(void)a;
	errno = ENOSYS;
	fail("a 32-bit call");
}
#endif

static void prepare(char **arguments)
{
	low = mmap(0, sizeof(*low), PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS
#ifdef MAP_32BIT
		       | MAP_32BIT
#endif
		   ,
		   -1, 0);
	file_fd = open(arguments[0], O_RDWR);
	namespace_fd = open("/proc/self/ns/net", O_RDONLY);
	if (low == MAP_FAILED || file_fd < 0 || namespace_fd < 0)
		fail(arguments[0]);
	snprintf(low->file, sizeof(low->file), "%s", arguments[0]);
	snprintf(low->fresh, sizeof(low->fresh), "%s", arguments[1]);
	low->root[0] = '/';
	low->socket[0] = AF_INET;
	low->socket[1] = SOCK_RAW;
	low->socket[2] = 1;
	low->vector[0] = low->vector[2] = (uintptr_t)low->nothing;
	low->vector[1] = low->vector[3] = 1;
	low->native_vector[0] = (uintptr_t)low->nothing;
	low->native_vector[1] = 1;
	low->load.prog_type = BPF_PROG_TYPE_KPROBE;
}

/* Done or denied; of modules the attempt counts. */
static bool is_told(const char *name, long result)
{
	return result >= 0 || result == -EPERM || result == -EACCES || strstr(name, "_module");
}

/* Tells how many calls are to be told, that of the user's change among them, and which are not. */
static void every(const struct command *command, char **arguments, bool compat)
{
	uint64_t before_ns = boot_ns();
	char odd[1024] = "";
	int told = 1;

	prepare(arguments);
	if (setgid(NOBODY) || setuid(NOBODY))
		fail("setuid");
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		long number = compat ? calls[i].compat : calls[i].native;
		long values[6], result;

		if (number == NONE)
			continue;
		for (int j = 0; j < 6; j++)
			values[j] = value(calls[i].arguments[j], compat);
		result = compat ? call_compat(number, values) : call_native(number, values);
		if (is_told(calls[i].name, result))
			told++;
		else
			snprintf(odd + strlen(odd), sizeof(odd) - strlen(odd), "%s %ld ",
				 calls[i].name, result);
	}
	result_begin(command, 0);
	truth_number("told", told);
	truth_text("odd", odd);
	truth_end(before_ns, boot_ns());
}

static void every_native(const struct command *command, char **arguments)
{
	every(command, arguments, false);
}

static void every_compat(const struct command *command, char **arguments)
{
	every(command, arguments, true);
}

static void filtered(const struct command *command, char **arguments)
{
	struct sock_filter steps[] = {
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_unshare, 0, 1),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog filter = {sizeof(steps) / sizeof(steps[0]), steps};
	uint64_t before_ns;

	(void)arguments;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter))
		fail("seccomp");
	before_ns = boot_ns();
	result_report(command, unshare(CLONE_NEWUTS), before_ns);
}

const struct command every_commands[] = {
    {"every_call", "FILE FRESH-NAME", 2, every_native},
    {"every_call32", "FILE FRESH-NAME", 2, every_compat},
    {"filtered", "", 0, filtered},
    {0},
};
