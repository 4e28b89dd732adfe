/* Calls that take rights, code or other processes. */
#define _GNU_SOURCE
#include "trigger.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

/* A child that waits, with the same memory as its parent. */
static pid_t victim(void)
{
	pid_t child = fork();

	if (child < 0)
		fail("fork");
	if (!child)
		for (;;)
			pause();
	return child;
}

static void victim_report(const struct command *command, pid_t child, long result,
			  uint64_t before_ns)
{
	result_begin(command, result);
	truth_number("target", child);
	truth_end(before_ns, boot_ns());
	kill(child, SIGKILL);
	waitpid(child, 0, __WALL);
}

static void ptrace_by(const struct command *command, char **arguments)
{
	pid_t child = victim();
	uint64_t before_ns = boot_ns();

	victim_report(command, child, ptrace(atoi(arguments[0]), child, 0, 0), before_ns);
}

static void memory_write(const struct command *command, char **arguments)
{
	static char word[] = "here";
	struct iovec from = {word, sizeof(word)}, to = from;
	pid_t child = victim();
	uint64_t before_ns = boot_ns();

	(void)arguments;
	victim_report(command, child, process_vm_writev(child, &from, 1, &to, 1, 0), before_ns);
}

static void bpf_load(const struct command *command, char **arguments)
{
	struct bpf_insn program[] = {{.code = BPF_ALU64 | BPF_MOV | BPF_K},
				     {.code = BPF_JMP | BPF_EXIT}};
	union bpf_attr load = {.prog_type = BPF_PROG_TYPE_SOCKET_FILTER,
			       .insns = (uintptr_t)program,
			       .insn_cnt = 2,
			       .license = (uintptr_t) "GPL"};
	uint64_t before_ns = boot_ns();

	(void)arguments;
	result_report(command, syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof(load)), before_ns);
}

static void module_file(const struct command *command, char **arguments)
{
	int fd = open(arguments[0], O_RDONLY);
	uint64_t before_ns = boot_ns();

	result_report(command, syscall(SYS_finit_module, fd, "", 0), before_ns);
}

static void enter_own(const struct command *command, char **arguments)
{
	int fd = open("/proc/self/ns/net", O_RDONLY);
	uint64_t before_ns = boot_ns();

	(void)arguments;
	result_report(command, setns(fd, CLONE_NEWNET), before_ns);
}

#ifdef __x86_64__
#define COMPAT_SOCKET 359
#define COMPAT_SOCKETCALL 102

static long int80(long number, long first, long second, long third)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(first), "c"(second), "d"(third)
			 : "memory", "r8", "r9", "r10", "r11");
	if ((int)result >= 0)
		return (int)result;
	errno = -(int)result;
	return -1;
}

static void raw_int80(const struct command *command, char **arguments)
{
	uint64_t before_ns = boot_ns();

	(void)arguments;
	result_report(command, int80(COMPAT_SOCKET, AF_INET, SOCK_RAW, IPPROTO_ICMP), before_ns);
}

/* The arguments in memory, below 4 GiB. */
static void raw_socketcall(const struct command *command, char **arguments)
{
	int *low =
	    mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	uint64_t before_ns;

	(void)arguments;
	if (low == MAP_FAILED)
		fail("mmap");
	low[0] = AF_INET;
	low[1] = SOCK_RAW;
	low[2] = IPPROTO_ICMP;
	before_ns = boot_ns();
	result_report(command, int80(COMPAT_SOCKETCALL, 1, (long)low, 0), before_ns);
}
#endif

#define CALL(name, expression)                                                                     \
	static void name(const struct command *command, char **arguments)                          \
	{                                                                                          \
		uint64_t before_ns = boot_ns();                                                    \
                                                                                                   \
		(void)arguments;                                                                   \
		result_report(command, expression, before_ns);                                     \
	}

CALL(module_memory, syscall(SYS_init_module, "no module", 9, ""))
CALL(memfd, memfd_create(arguments[0], MFD_CLOEXEC))
CALL(set_uid, syscall(SYS_setuid, atoi(arguments[0])))
CALL(set_effective, syscall(SYS_setresuid, -1, atoi(arguments[0]), -1))
CALL(set_real, syscall(SYS_setreuid, -1, atoi(arguments[0])))
CALL(leave_for, unshare(strtol(arguments[0], 0, 0)))
CALL(raw_socket, socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP))
CALL(ping_socket, socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_ICMP))
CALL(raw_packet, socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_ALL)))
CALL(raw_raw6, socket(AF_INET6, SOCK_RAW | SOCK_NONBLOCK, IPPROTO_UDP))
/* The oldest way: the kernel makes it a packet socket. */
CALL(raw_oldest, socket(AF_INET, SOCK_PACKET, htons(ETH_P_ALL)))
CALL(plain_socket, socket(AF_INET, SOCK_DGRAM, 0))

const struct command rare_commands[] = {
    {"ptrace", "REQUEST", 1, ptrace_by},
    {"process_vm_writev", "", 0, memory_write},
    {"bpf_load", "", 0, bpf_load},
    {"finit_module", "FILE", 1, module_file},
    {"init_module", "", 0, module_memory},
    {"memfd_create", "NAME", 1, memfd},
    {"setuid", "UID", 1, set_uid},
    {"setreuid", "UID", 1, set_real},
    {"setresuid", "UID", 1, set_effective},
    {"unshare", "FLAGS", 1, leave_for},
    {"setns", "", 0, enter_own},
    {"raw_socket", "", 0, raw_socket},
    {"ping_socket", "", 0, ping_socket},
    {"raw_packet", "", 0, raw_packet},
    {"raw_raw6", "", 0, raw_raw6},
    {"raw_oldest", "", 0, raw_oldest},
    {"plain_socket", "", 0, plain_socket},
#ifdef __x86_64__
    {"raw_int80", "", 0, raw_int80},
    {"raw_socketcall", "", 0, raw_socketcall},
#endif
    {0},
};
