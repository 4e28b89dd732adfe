/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* All maps that several probes share. */
#ifndef MAPS_H
#define MAPS_H

#include "../include/kernel.h"
#include <bpf/bpf_helpers.h>
#include "../include/edge_event.h"
#include "../include/edge_filter.h"
#include "../include/edge_fresh.h"

char LICENSE[] SEC("license")
= "Dual BSD/GPL";

/* Records of high value; apart, so that a flood in the other ring cannot push them out. The agent
 * may set both sizes. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} ring_high SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 << 20);
} ring_bulk SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, EDGE_LANE_COUNT);
	__uint(map_flags, BPF_F_MMAPABLE); /* the agent looks many times a second */
	__type(key, __u32);
	__type(value, struct edge_lane_state);
} lane_state SEC(".maps");

#ifdef SEQUENCE_BY_CLAIMS
/* Numbers given lately, lane in the top bit. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, __u64);
	__type(value, __u8);
} sequence_claims SEC(".maps");
#endif

/* Index 0: process id of the agent in the initial pid namespace. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} agent_tgid SEC(".maps");

/* Index 0: when it was started, in AGENT_TICK_NS since boot, as /proc tells it; 0 = not said.
 * Another process that gets the id of an agent that is gone is not the agent. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} agent_start SEC(".maps");

/* Plain memory to the probes: each is the one value of a map of its own. Defined in
 * probes/filter.bpf.c. */
extern struct edge_filter_table filter_agent, filter_learnt;
extern struct edge_fresh fresh;

/* Value: enum edge_watch bits, as in the next two. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, struct edge_inode_key);
	__type(value, __u32);
} watch_inodes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, struct edge_name_key);
	__type(value, __u32);
} watch_names SEC(".maps");

/* Names whose calls without a descriptor are of interest: an over-approximation, the agent decides.
 */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, struct edge_word_key);
	__type(value, __u32);
} watch_words SEC(".maps");

/* Inodes that were met under a watched name or in a watched folder. They stay watched when they are
 * moved away, until the agent has them forgotten. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct edge_inode_key);
	__type(value, struct edge_learnt);
} learnt_inodes SEC(".maps");

/* Index 0: inodes that were put into learnt_inodes, those included that it forgot since. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} learnt_count SEC(".maps");

/* Destinations that are not reported; the value is not looked at. */
struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 4096);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct edge_net4_key);
	__type(value, __u8);
} exclude_net4 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 4096);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct edge_net6_key);
	__type(value, __u8);
} exclude_net6 SEC(".maps");

#endif
