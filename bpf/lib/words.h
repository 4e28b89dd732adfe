/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* May a name as asked be of something watched? Asked before much is done with it; only the agent
 * knows. */
#ifndef WORDS_H
#define WORDS_H

#include "scratch.h"

/* One for each program that may be in the middle of a report while another one begins. */
enum call_slot {
	CALL_SLOT_RETURN,
	CALL_SLOT_URING_QUEUED,
	CALL_SLOT_URING_DONE,
	CALL_SLOT_CHANGE, /* and those behind it */
	CALL_SLOTS = CALL_SLOT_CHANGE + 4,
};

SCRATCH_SLOTS(call_scratch, CALL_SLOTS);

#define WORD_STEPS 160 /* bytes of a name that are looked at, from its end */
#define WORD_COUNT 2   /* parts of it: the last one, and the folder that it is in */

/*
 * The part from `start` to the end that is kept in the scratch, of the name that begins at
 * `word_name` there. A function of its own to the verifier, which looks at it once and not in each
 * round of the loop.
 */
__noinline int word_match(__u32 slot, __u32 start)
{
	struct scratch *scratch = scratch_at(&call_scratch, slot);
	__u32 length, *bits;
	const char *part;

	if (!scratch)
		return 0;
	start &= EDGE_ASKED_MAX - 1;
	length = scratch->word_end - start;
	scratch->word_end = start - 1;
	part = &scratch->record[(scratch->word_name & RECORD_MASK) + start];
	if (length == 0 || (length == 1 && part[0] == '.'))
		return 0;
	scratch->words++;
	/* Where ".." leads to the name does not say. */
	if (length == 2 && part[0] == '.' && part[1] == '.')
		scratch->matched = 1;
	if (length >= EDGE_NAME_MAX)
		return 0;
	/* The compiler knows the mask to change nothing and would leave it out; the verifier does
	 * not. */
	barrier_var(length);
	__builtin_memset(&scratch->word, 0, sizeof(scratch->word));
	if (bpf_probe_read_kernel(scratch->word.word, length & (EDGE_NAME_MAX - 1), part))
		return 0;
	bits = bpf_map_lookup_elem(&watch_words, &scratch->word);
	if (bits && (scratch->words == 1 || *bits & EDGE_WATCH_FOLDER))
		scratch->matched = 1;
	return 0;
}

/* Sets `matched` for a name whose last part, or the part before it, is a watched one's. So it does
 * for one that goes on before the bytes that are looked at. */
static __always_inline void words_match(struct scratch *scratch, __u32 slot, const char *name,
					__u32 length)
{
	scratch->word_name = name - scratch->record;
	scratch->word_end = length;
	scratch->words = 0;
	for (__u32 i = 1; i <= WORD_STEPS; i++) {
		__u32 at = length - i;

		if (at >= EDGE_ASKED_MAX)
			break;
		if (name[at & (EDGE_ASKED_MAX - 1)] == '/')
			at++;
		else if (at != 0)
			continue;
		word_match(slot, at);
		if (scratch->words >= WORD_COUNT)
			return;
	}
	if (length > WORD_STEPS)
		scratch->matched = 1;
}

#endif
