// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A watched file was opened: as file_open_checked, for kernels that preempt tasks inside the
 * kernel. From 6.2 on the kernel leaves no program out that hangs among the security modules,
 * whatever it has interrupted; so one is enough. It is asked when the modules before it have
 * allowed the open, and denies nothing itself. A module behind it could still deny: the agent takes
 * this one only where none is there that looks at opens.
 */
#include "../lib/open_checked.h"

/* The kernel may interrupt it by itself on the same CPU, in any order. An open that finds all
 * places taken is counted as lost. Kernels for which numbers come from claims lack the atomic
 * instruction, too, and never load this. */
#ifndef SEQUENCE_BY_CLAIMS
#define SLOTS 4

SCRATCH_SLOTS(open_allowed_scratch, SLOTS);

struct slots {
	__u32 taken[SLOTS];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct slots);
} open_allowed_slots SEC(".maps");

static __always_inline __u32 slot_take(struct slots *slots)
{
	for (__u32 i = 0; i < SLOTS; i++)
		if (!__sync_lock_test_and_set(&slots->taken[i], 1))
			return i;
	return SLOTS;
}

static __noinline int allowed_passed(struct file *file, __u64 found)
{
	__u32 zero = 0, slot;
	struct slots *slots;

	if (is_kernels_own(file) || (!found && !watch_possible_further(file, true)))
		return 0;
	slots = bpf_map_lookup_elem(&open_allowed_slots, &zero);
	if (!slots)
		return 0;
	slot = slot_take(slots);
	if (slot >= SLOTS) {
		record_lost(EDGE_KIND_FILE_OPEN, EDGE_LANE_HIGH);
		return 0;
	}
	checked_report(scratch_at(&open_allowed_scratch, slot), file);
	barrier();
	slots->taken[slot & (SLOTS - 1)] = 0;
	return 0;
}

SEC("lsm/file_open")
int BPF_PROG(on_file_open_allowed, struct file *file)
{
	__u64 found = watch_possible_near(file, true);

	if (folders_are_fresh() | found)
		allowed_passed(file, found);
	return 0;
}
#endif
