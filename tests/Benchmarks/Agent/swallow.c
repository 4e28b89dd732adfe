/*
 * A Kinesis endpoint that takes every record and keeps none: what the agent costs with its usual
 * sink, without the cost of a stream. Prints the port that it listens on, then serves one
 * connection after the other until it is killed.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEADERS_MAX 16384

static const char ANSWER[] =
    "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nx-amzn-RequestId: "
    "1\r\nContent-Length: 59\r\n\r\n"
    "{\"SequenceNumber\":\"1\",\"ShardId\":\"shardId-000000000000\"}    ";

/* Reads one request: the headers, then as many bytes as they say. 0 at the end of the connection.
 */
static int take_request(int fd)
{
	static char bytes[HEADERS_MAX + 1];
	static char rest[1 << 16];
	size_t length = 0;
	char *end = 0, *said;
	long left;

	while (!end) {
		ssize_t got =
		    length < HEADERS_MAX ? read(fd, bytes + length, HEADERS_MAX - length) : 0;

		if (got <= 0)
			return 0;
		length += (size_t)got;
		bytes[length] = 0;
		end = strstr(bytes, "\r\n\r\n");
	}
	said = strcasestr(bytes, "\r\ncontent-length:");
	left = said && said < end ? strtol(said + strlen("\r\ncontent-length:"), 0, 10) : 0;
	for (left -= (long)(length - (size_t)(end + 4 - bytes)); left > 0;) {
		ssize_t got =
		    read(fd, rest, left < (long)sizeof(rest) ? (size_t)left : sizeof(rest));

		if (got <= 0)
			return 0;
		left -= got;
	}
	return 1;
}

int main(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM, 0), fd;

	if (listener < 0 || bind(listener, (struct sockaddr *)&address, size) ||
	    listen(listener, 8) || getsockname(listener, (struct sockaddr *)&address, &size)) {
		perror("swallow");
		return 1;
	}
	printf("%d\n", ntohs(address.sin_port));
	fflush(stdout);
	while ((fd = accept(listener, 0, 0)) >= 0) {
		while (take_request(fd) &&
		       write(fd, ANSWER, sizeof(ANSWER) - 1) == (ssize_t)(sizeof(ANSWER) - 1))
			;
		close(fd);
	}
	return 0;
}
