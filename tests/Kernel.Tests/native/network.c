#define _GNU_SOURCE
#include "trigger.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define MESSAGES 2

/* The result of a call is part of the truth: a refused or unreachable destination was tried all the
 * same. */
static void report(const struct command *command, char **arguments, int protocol, int result,
		   uint64_t before_ns)
{
	int error = result < 0 ? errno : 0;
	uint64_t after_ns = boot_ns();

	truth_begin(command->name);
	truth_text("address", arguments[0]);
	truth_number("port", atoi(arguments[1]));
	truth_number("protocol", protocol);
	truth_number("errno", error);
	truth_end(before_ns, after_ns);
}

static struct sockaddr_in destination4(char **arguments)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1]))};

	if (inet_pton(AF_INET, arguments[0], &address.sin_addr) != 1)
		fail(arguments[0]);
	return address;
}

/* An IPv4 address becomes ::ffff:a.b.c.d. */
static struct sockaddr_in6 destination6(char **arguments)
{
	struct sockaddr_in6 address = {.sin6_family = AF_INET6,
				       .sin6_port = htons(atoi(arguments[1]))};
	char text[INET6_ADDRSTRLEN + 8];

	snprintf(text, sizeof(text), strchr(arguments[0], ':') ? "%s" : "::ffff:%s", arguments[0]);
	if (inet_pton(AF_INET6, text, &address.sin6_addr) != 1)
		fail(arguments[0]);
	return address;
}

static int open_socket(int family, int type)
{
	int fd = socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		fail("socket");
	return fd;
}

static void connect4(const struct command *command, char **arguments)
{
	struct sockaddr_in address = destination4(arguments);
	int fd = open_socket(AF_INET, SOCK_STREAM);
	uint64_t before_ns = boot_ns();

	report(command, arguments, IPPROTO_TCP,
	       connect(fd, (struct sockaddr *)&address, sizeof(address)), before_ns);
}

static void connect6(const struct command *command, char **arguments)
{
	struct sockaddr_in6 address = destination6(arguments);
	int fd = open_socket(AF_INET6, SOCK_STREAM);
	uint64_t before_ns = boot_ns();

	report(command, arguments, IPPROTO_TCP,
	       connect(fd, (struct sockaddr *)&address, sizeof(address)), before_ns);
}

static void connect4_udp(const struct command *command, char **arguments)
{
	struct sockaddr_in address = destination4(arguments);
	int fd = open_socket(AF_INET, SOCK_DGRAM);
	uint64_t before_ns = boot_ns();

	report(command, arguments, IPPROTO_UDP,
	       connect(fd, (struct sockaddr *)&address, sizeof(address)), before_ns);
}

/* Connects one datagram socket again and again, as fast as it goes; nothing is sent. */
static void connect4_many(const struct command *command, char **arguments)
{
	struct sockaddr_in address = destination4(arguments);
	int fd = open_socket(AF_INET, SOCK_DGRAM), count = atoi(arguments[2]), result = 0;
	uint64_t before_ns = boot_ns();

	for (int i = 0; i < count && !result; i++)
		result = connect(fd, (struct sockaddr *)&address, sizeof(address));
	report(command, arguments, IPPROTO_UDP, result, before_ns);
}

/* The port has no meaning here. */
static void connect_unix(const struct command *command, char **arguments)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = open_socket(AF_UNIX, SOCK_STREAM);
	uint64_t before_ns = boot_ns();

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", arguments[0]);
	report(command, arguments, 0, connect(fd, (struct sockaddr *)&address, sizeof(address)),
	       before_ns);
}

static void sendto4(const struct command *command, char **arguments)
{
	struct sockaddr_in address = destination4(arguments);
	int fd = open_socket(AF_INET, SOCK_DGRAM);
	uint64_t before_ns = boot_ns();

	report(command, arguments, IPPROTO_UDP,
	       sendto(fd, "x", 1, 0, (struct sockaddr *)&address, sizeof(address)), before_ns);
}

static void sendto6(const struct command *command, char **arguments)
{
	struct sockaddr_in6 address = destination6(arguments);
	int fd = open_socket(AF_INET6, SOCK_DGRAM);
	uint64_t before_ns = boot_ns();

	report(command, arguments, IPPROTO_UDP,
	       sendto(fd, "x", 1, 0, (struct sockaddr *)&address, sizeof(address)), before_ns);
}

/* Two datagrams in one call, the second to the next port. */
static void sendmmsg4(const struct command *command, char **arguments)
{
	struct sockaddr_in addresses[MESSAGES];
	struct iovec data = {.iov_base = "x", .iov_len = 1};
	struct mmsghdr messages[MESSAGES] = {0};
	int fd = open_socket(AF_INET, SOCK_DGRAM);
	uint64_t before_ns;

	for (int i = 0; i < MESSAGES; i++) {
		addresses[i] = destination4(arguments);
		addresses[i].sin_port = htons(atoi(arguments[1]) + i);
		messages[i].msg_hdr.msg_name = &addresses[i];
		messages[i].msg_hdr.msg_namelen = sizeof(addresses[i]);
		messages[i].msg_hdr.msg_iov = &data;
		messages[i].msg_hdr.msg_iovlen = 1;
	}
	before_ns = boot_ns();
	report(command, arguments, IPPROTO_UDP, sendmmsg(fd, messages, MESSAGES, 0), before_ns);
}

#ifdef __x86_64__
#define COMPAT_CONNECT 362

/* A 32-bit call of a 64-bit process; its address must lie below 4 GiB. */
static void connect4_int80(const struct command *command, char **arguments)
{
	struct sockaddr_in *low =
	    mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	int fd = open_socket(AF_INET, SOCK_DGRAM), result;
	uint64_t before_ns = boot_ns();

	if (low == MAP_FAILED)
		fail("mmap");
	*low = destination4(arguments);
	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(COMPAT_CONNECT), "b"(fd), "c"(low), "d"(sizeof(*low))
			 : "memory", "r8", "r9", "r10", "r11");
	errno = -result;
	report(command, arguments, IPPROTO_UDP, result, before_ns);
}
#endif

const struct command network_commands[] = {
#ifdef __x86_64__
    {"connect4_int80", "ADDRESS PORT", 2, connect4_int80},
#endif
    {"connect4", "ADDRESS PORT", 2, connect4},
    {"connect6", "ADDRESS PORT", 2, connect6},
    {"connect4_udp", "ADDRESS PORT", 2, connect4_udp},
    {"connect4_many", "ADDRESS PORT COUNT", 3, connect4_many},
    {"connect_unix", "PATH PORT", 2, connect_unix},
    {"sendto4", "ADDRESS PORT", 2, sendto4},
    {"sendto6", "ADDRESS PORT", 2, sendto6},
    {"sendmmsg4", "ADDRESS PORT", 2, sendmmsg4},
    {0},
};
