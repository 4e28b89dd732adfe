#define _GNU_SOURCE
#include "guest.h"

#include <fcntl.h>
#include <net/if.h>
#include <net/route.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

static const struct {
	const char *type, *place;
} mounts[] = {
    {"devtmpfs", "/dev"},
    {"proc", "/proc"},
    {"sysfs", "/sys"},
    {"cgroup2", "/sys/fs/cgroup"},
    {"securityfs", "/sys/kernel/security"},
    {"debugfs", "/sys/kernel/debug"},
    {"tracefs", "/sys/kernel/tracing"},
};

/* A mount that fails is told: some kernels refuse one. */
static void mount_all(void)
{
	for (size_t i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++) {
		mkdir(mounts[i].place, 0755);
		if (mount(mounts[i].type, mounts[i].place, mounts[i].type, 0, 0))
			printf("mount of %s: %m\n", mounts[i].place);
	}
}

/* Everything is sent to the loopback device, so that nothing is unreachable. */
static void network_up(void)
{
	struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
	struct rtentry everywhere = {.rt_flags = RTF_UP, .rt_dev = "lo"};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	everywhere.rt_dst.sa_family = everywhere.rt_genmask.sa_family = AF_INET;
	if (ioctl(fd, SIOCSIFFLAGS, &request) || ioctl(fd, SIOCADDRT, &everywhere))
		perror("lo");
	close(fd);
}

void file_line(const char *path, char *line, size_t size)
{
	int fd = open(path, O_RDONLY);
	ssize_t length = fd < 0 ? 0 : read(fd, line, size - 1);

	close(fd);
	line[length < 0 ? 0 : length] = 0;
	line[strcspn(line, "\n")] = 0;
}

static void print_line(const char *key, const char *path)
{
	char line[256];

	file_line(path, line, sizeof(line));
	json_text(key, line, strlen(line));
}

static void print_kernel(void)
{
	struct utsname name;

	uname(&name);
	printf(LINE "{\"is\":\"kernel\"");
	json_text("release", name.release, strlen(name.release));
	json_text("machine", name.machine, strlen(name.machine));
	print_line("lsm", "/sys/kernel/security/lsm");
	print_line("preempt", "/sys/kernel/debug/sched/preempt");
	print_line("lockdown", "/sys/kernel/security/lockdown");
	puts("}");
}

/* Each backend is tried by itself, those behind the first that works too: the table shows all of
 * them. */
static void try(const struct backend *backend)
{
	struct probes probes;
	bool loaded = probes_start(&probes, backend, 1, event_print);

	printf(LINE "{\"is\":\"backend\"");
	json_text("signal", backend->signal, strlen(backend->signal));
	json_text("backend", backend->name, strlen(backend->name));
	json_text("refused", probes.reason, strlen(probes.reason));
	json_number("steps", probes.steps);
	puts("}");
	if (!loaded)
		return;
	watch_exclude_10(&probes);
	triggers_run(&probes, backend->signal);
	probes_stop(&probes);
}

/* `costs` on the kernel's command line, which it hands to its first program. */
int main(int argc, char **argv)
{
	struct rlimit unlimited = {RLIM_INFINITY, RLIM_INFINITY};

	setvbuf(stdout, 0, _IOLBF, 0);
	mount_all();
	network_up();
	setrlimit(RLIMIT_MEMLOCK, &unlimited);
	print_kernel();
	if (argc > 1 && !strcmp(argv[1], "costs"))
		costs_print();
	else
		backends_each(try);
	puts(LINE "{\"is\":\"end\"}");
	fflush(stdout);
	sync();
	reboot(RB_POWER_OFF);
	return 0;
}
