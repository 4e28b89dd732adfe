/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* May a name as asked be of something watched? Asked before much is done with it; only the agent
 * knows. */
#ifndef WORDS_H
#define WORDS_H

#include "scratch.h"

#define WORD_STEPS 160 /* bytes of a name that are looked at, from its end */
#define WORD_COUNT 2   /* parts of it: the last one, and the folder that it is in */

/* The part of the name from `start` to the end that is kept in the scratch. */
static __always_inline void word_match(struct scratch *scratch, const char *name, __u32 start)
{
	__u32 length = scratch->word_end - start;
	__u32 *bits;

	bool dot = name[start & (EDGE_ASKED_MAX - 1)] == '.';

	scratch->word_end = start - 1;
	if (length == 0 || (length == 1 && dot))
		return;
	scratch->words++;
	/* "..": where that leads to the name does not say. */
	if (length == 2 && dot && name[(start + 1) & (EDGE_ASKED_MAX - 1)] == '.')
		scratch->matched = 1;
	if (length >= EDGE_NAME_MAX)
		return;
	/* The compiler knows the mask to change nothing and would leave it out; the verifier does
	 * not. */
	barrier_var(length);
	__builtin_memset(&scratch->word, 0, sizeof(scratch->word));
	if (bpf_probe_read_kernel(scratch->word.word, length & (EDGE_NAME_MAX - 1),
				  name + (start & (EDGE_ASKED_MAX - 1))))
		return;
	bits = bpf_map_lookup_elem(&watch_words, &scratch->word);
	if (bits && (scratch->words == 1 || *bits & EDGE_WATCH_FOLDER))
		scratch->matched = 1;
}

/* Sets `matched` for a name whose last part, or the part before it, is a watched one's. So it does
 * for one that goes on before the bytes that are looked at. */
static __always_inline void words_match(struct scratch *scratch, const char *name, __u32 length)
{
	scratch->word_end = length;
	scratch->words = 0;
	for (__u32 i = 1; i <= WORD_STEPS; i++) {
		__u32 at = length - i;

		if (at >= EDGE_ASKED_MAX)
			break;
		if (name[at & (EDGE_ASKED_MAX - 1)] == '/')
			word_match(scratch, name, at + 1);
		else if (at == 0)
			word_match(scratch, name, 0);
		if (scratch->words >= WORD_COUNT)
			return;
	}
	if (length > WORD_STEPS)
		scratch->matched = 1;
}

#endif
