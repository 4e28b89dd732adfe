/*
 * Bulk events at a steady rate, as cheaply as they can be had: one UDP socket that connects again and
 * again, in a burst every millisecond. Prints how many it made.
 */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_SECOND 1000000000ULL
#define PORTS 60000
#define ADDRESSES 200

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * NS_PER_SECOND + (uint64_t)now.tv_nsec;
}

/* The destination of the event with that number: always the same, or another than the ones before. */
static struct sockaddr_in destination(uint64_t number, int alike)
{
	struct sockaddr_in address = {.sin_family = AF_INET};

	address.sin_addr.s_addr = htonl(0xcb007100 + (alike ? 10 : number / PORTS % ADDRESSES)); /* 203.0.113.0/24 */
	address.sin_port = htons(alike ? 9 : 1024 + number % PORTS);
	return address;
}

int main(int count, char **values)
{
	uint64_t rate, total, done = 0, start = now_ns();
	int alike, fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (count != 4 || fd < 0) {
		fprintf(stderr, "usage: generate RATE SECONDS alike|unlike\n");
		return 2;
	}
	rate = strtoull(values[1], 0, 10);
	total = rate * strtoull(values[2], 0, 10);
	alike = !strcmp(values[3], "alike");
	while (done < total) {
		uint64_t due = (now_ns() - start) * rate / NS_PER_SECOND;
		struct timespec pause = {.tv_nsec = rate >= 1000 ? 1000000 : (long)(NS_PER_SECOND / rate)};

		for (; done < due && done < total; done++) {
			struct sockaddr_in address = destination(done, alike);

			/* Where there is no way to it, it was tried all the same. */
			(void)!connect(fd, (struct sockaddr *)&address, sizeof(address));
		}
		nanosleep(&pause, 0);
	}
	printf("%llu\n", (unsigned long long)done);
	return 0;
}
