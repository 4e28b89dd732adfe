/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Contract 1: records from the kernel to the agent, in the memory order of one host.
 *
 * Fixed-width integers and char arrays only, natural alignment, padding with a name, never packed.
 * A record is a fixed part and, where it says so, a tail of strings: their lengths stand in the
 * fixed part, in the order of the strings; no NUL at the end. A resolved path (path, cwd) without a
 * leading '/' has lost its front: it was too long or too deep.
 *
 * The C# mirror is src/EdgeAgent/Intake/KernelRecords.cs; tests/EdgeAgent.Tests compares both
 * through the BTF of the built object. Change anything here: raise EDGE_EVENT_VERSION.
 */
#ifndef EDGE_EVENT_H
#define EDGE_EVENT_H

#define EDGE_EVENT_VERSION 4
#define EDGE_COMM_LEN 16
#define EDGE_PATH_MAX 4096  /* bytes of a resolved path; longer: tail kept, EDGE_PATH_TRUNCATED */
#define EDGE_ASKED_MAX 1024 /* bytes of a name as asked */
#define EDGE_ARGV_MAX 4096  /* bytes of argv, arguments divided by NUL */
#define EDGE_NAME_MAX 64    /* bytes of a watched name in its folder */

enum edge_kind {
	EDGE_KIND_EXEC = 1,
	EDGE_KIND_FORK = 2,
	EDGE_KIND_EXIT = 3,
	EDGE_KIND_FILE_OPEN = 4,
	EDGE_KIND_CONNECT = 5,
	EDGE_KIND_SEND = 6,
	EDGE_KIND_CALL = 7,
	EDGE_KIND_COUNT = 8,
};

/* What a system call is for, whatever its form. */
enum edge_call_kind {
	EDGE_CALL_OPEN = 1, /* reported when it failed */
	EDGE_CALL_RENAME = 2,
	EDGE_CALL_LINK = 3,
	EDGE_CALL_SYMLINK = 4,
	EDGE_CALL_UNLINK = 5, /* rmdir, too */
	EDGE_CALL_TRUNCATE = 6,
	EDGE_CALL_CHMOD = 7,
	EDGE_CALL_CHOWN = 8,
	EDGE_CALL_MOUNT = 9,
	EDGE_CALL_UMOUNT = 10,
	EDGE_CALL_PIVOT_ROOT = 11,
	EDGE_CALL_MODULE_LOAD = 12,
	EDGE_CALL_BPF_LOAD = 13,
	EDGE_CALL_PTRACE = 14, /* attach and seize */
	EDGE_CALL_MEMORY_WRITE = 15,
	EDGE_CALL_MEMFD_CREATE = 16,
	EDGE_CALL_SETUID = 17,
	EDGE_CALL_SETREUID = 18,
	EDGE_CALL_SETRESUID = 19,
	EDGE_CALL_SETNS = 20,
	EDGE_CALL_UNSHARE = 21,
	EDGE_CALL_RAW_SOCKET = 22, /* raw and packet sockets */
};

enum edge_lane {
	EDGE_LANE_HIGH = 0,
	EDGE_LANE_BULK = 1,
	EDGE_LANE_COUNT = 2,
};

enum edge_origin {
	EDGE_ORIGIN_COMPAT32 = 1 << 0,
	EDGE_ORIGIN_IO_URING = 1 << 1,
};

enum edge_path_flag {
	EDGE_PATH_TRUNCATED = 1 << 0,
	EDGE_PATH_DETACHED = 1 << 1,
	EDGE_PATH_DELETED = 1 << 2,
	EDGE_PATH_ALIAS = 1 << 3,
	EDGE_PATH_ASKED_UNREADABLE = 1 << 4,
	EDGE_PATH_ASKED_TRUNCATED = 1 << 5,
	EDGE_PATH_UNVERIFIED = 1 << 6, /* the path is the name as asked */
};

/* What a watch is for; the value of a watch map's entry. */
enum edge_watch {
	EDGE_WATCH_OPEN = 1 << 0,   /* opens of this file */
	EDGE_WATCH_EXEC = 1 << 1,   /* execs of this file */
	EDGE_WATCH_FOLDER = 1 << 2, /* opens of what is inside this folder */
};

struct edge_header {
	__u16 version; /* EDGE_EVENT_VERSION */
	__u16 kind;    /* enum edge_kind */
	__u32 size;    /* bytes of the whole record, tail included */
	__u64 boot_ns; /* CLOCK_BOOTTIME */
	/*
	 * Number within the lane, from 1, taken when the ring's space is asked for: a record that
	 * finds no space leaves a hole. Two CPUs may put neighbours into the ring in swapped order.
	 */
	__u64 sequence;
	__u32 cpu;
	__u16 lane;   /* enum edge_lane */
	__u16 origin; /* enum edge_origin, flags */
};

struct edge_task {
	__u32 pid; /* tgid in the initial pid namespace, as all ids here */
	__u32 tid;
	__u64 start_ns; /* of the thread group leader, CLOCK_BOOTTIME */
	__u32 parent_pid;
	__u32 session_pid; /* session leader, 0 = none */
	__u64 parent_start_ns;
	__u64 cgroup_id; /* cgroup v2; 0 = unknown */
	__u32 uid;
	__u32 euid;
	__u32 gid;
	__u32 egid;
	__u32 login_uid;     /* (__u32)-1 = unset */
	__u32 audit_session; /* (__u32)-1 = unset */
	char comm[EDGE_COMM_LEN];
	__u64 capabilities; /* effective; bit = number of the capability */
	__u32 terminal;	    /* controlling one: major << 20 | minor; 0 = none */
	/* Inode numbers of namespaces, as /proc/PID/ns shows them; 0 = unknown. */
	__u32 mount_namespace;
	__u32 pid_namespace;
	__u32 network_namespace;
	__u32 user_namespace;
	__u32 pad;
};

struct edge_file {
	__u64 inode;
	__u32 device; /* super block's s_dev: major << 20 | minor */
	__u32 link_count;
	__u16 mode;	  /* i_mode */
	__u16 path_flags; /* enum edge_path_flag */
	__u32 watch;	  /* enum edge_watch bits that matched, 0 = none */
};

/* Tail: path, asked, interpreter, cwd, argv. */
struct edge_exec {
	struct edge_header header;
	struct edge_task task;
	struct edge_file file;
	__u32 argv_total; /* bytes of argv before cutting to EDGE_ARGV_MAX; more than argv_len =
			     cut, or not readable */
	__u16 path_len;
	__u16 asked_len;
	__u16 interpreter_len; /* 0 unless the program is a script */
	__u16 cwd_len;
	__u16 argv_len;
	__u16 pad;
};

struct edge_fork {
	struct edge_header header;
	struct edge_task task; /* the parent */
	__u64 child_start_ns;
	__u32 child_pid;
	__u32 pad;
};

struct edge_exit {
	struct edge_header header;
	struct edge_task task;
	__s32 exit_code; /* as wait(2) tells it */
	__u32 pad;
};

/* Tail: path, asked. */
struct edge_file_open {
	struct edge_header header;
	struct edge_task task;
	struct edge_file file;
	__u32 open_flags; /* as the file holds them; O_CREAT = the open made the file */
	__u16 path_len;
	__u16 asked_len;
};

/*
 * Seen when the call returns. Tail: name, folder, other name, other folder. With
 * EDGE_PATH_UNVERIFIED names are as asked, so another thread may have changed them since; a folder
 * is what a name without a leading '/' is relative to. Without it they are resolved paths: of an
 * open file, or of what the kernel's check of the change saw; of a symbolic link the other name is
 * its text.
 */
struct edge_call {
	struct edge_header header;
	struct edge_task task;
	struct edge_file file; /* of names as asked: zero but for the flags */
	__u64 arguments[4];    /* as the registers hold them, but for names and descriptors */
	__s32 result;	       /* >= 0, or less than 0: an errno */
	__u16 call;	       /* enum edge_call_kind */
	__u16 name_len;
	__u16 folder_len;
	__u16 other_name_len;
	__u16 other_folder_len;
	__u16 pad;
};

struct edge_network {
	struct edge_header header;
	struct edge_task task;
	__u8 address[16]; /* IPv6; IPv4 as ::ffff:a.b.c.d; network order */
	__u16 port;	  /* host order */
	__u8 protocol;	  /* IPPROTO_* */
	__u8 pad[5];
};

/*
 * Answer of the file identity iterator for one open fd of the agent, see probes/identity.bpf.c. A
 * generation tells a file from an earlier one that had the same inode number.
 */
struct edge_file_identity {
	__u32 fd;
	__u32 device;
	__u64 inode;
	__u64 parent_inode; /* of the folder the name is in; 0 at a file system's root */
	__u32 generation;
	__u32 parent_generation;
};

/* Keys and values of the maps the agent fills. */
struct edge_inode_key {
	__u64 inode;
	__u32 device;
	__u32 generation;
};

struct edge_name_key {
	__u64 parent_inode;
	__u32 device;
	__u32 parent_generation;
	char name[EDGE_NAME_MAX]; /* padded with NUL */
};

/* The last part of a watched path, padded with NUL. */
struct edge_word_key {
	char word[EDGE_NAME_MAX];
};

/* Longest-prefix-match keys: the length in bits, then the address in network order. */
struct edge_net4_key {
	__u32 prefix_len;
	__u8 address[4];
};

struct edge_net6_key {
	__u32 prefix_len;
	__u8 address[16];
};

/* Value of the lane_state map, index enum edge_lane. Read by the agent, never written by it. */
struct edge_lane_state {
	__u64 next_sequence;	     /* last number given */
	__u64 lost[EDGE_KIND_COUNT]; /* by enum edge_kind: records that found no space */
};

_Static_assert(sizeof(struct edge_header) == 32, "edge_header");
_Static_assert(sizeof(struct edge_task) == 112, "edge_task");
_Static_assert(sizeof(struct edge_file) == 24, "edge_file");
_Static_assert(sizeof(struct edge_exec) == 184, "edge_exec");
_Static_assert(sizeof(struct edge_fork) == 160, "edge_fork");
_Static_assert(sizeof(struct edge_exit) == 152, "edge_exit");
_Static_assert(sizeof(struct edge_file_open) == 176, "edge_file_open");
_Static_assert(sizeof(struct edge_call) == 216, "edge_call");
_Static_assert(sizeof(struct edge_network) == 168, "edge_network");
_Static_assert(sizeof(struct edge_file_identity) == 32, "edge_file_identity");
_Static_assert(sizeof(struct edge_inode_key) == 16, "edge_inode_key");
_Static_assert(sizeof(struct edge_name_key) == 80, "edge_name_key");
_Static_assert(sizeof(struct edge_net4_key) == 8, "edge_net4_key");
_Static_assert(sizeof(struct edge_net6_key) == 20, "edge_net6_key");
_Static_assert(sizeof(struct edge_word_key) == 64, "edge_word_key");
_Static_assert(sizeof(struct edge_lane_state) == 72, "edge_lane_state");

#endif
