// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A watched file was opened: as file_open_checked, for kernels that preempt tasks inside the
 * kernel. From 6.2 on the kernel leaves no program out that hangs among the security modules,
 * whatever it has interrupted; so one is enough. It is asked when the modules before it have
 * allowed the open, and denies nothing itself. A module behind it could still deny: the agent takes
 * this one only where none is there that looks at opens.
 */
#include "../lib/open_checked.h"
#include "../lib/slots.h"

#ifndef SEQUENCE_BY_CLAIMS
/* An open that finds all places taken is counted as lost. */
SCRATCH_SLOTS(open_allowed_scratch, SLOTS);
SLOTS_MAP(open_allowed_slots);

static __noinline int allowed_passed(struct file *file, __u64 found)
{
	struct slots *slots;
	__u32 slot;

	if (is_kernels_own(file) || (!found && !watch_possible_further(file, true)))
		return 0;
	slots = slots_of(&open_allowed_slots);
	if (!slots)
		return 0;
	slot = slot_take(slots);
	if (slot >= SLOTS) {
		record_lost(EDGE_KIND_FILE_OPEN, EDGE_LANE_HIGH);
		return 0;
	}
	checked_report(scratch_at(&open_allowed_scratch, slot), file);
	slot_give(slots, slot);
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
