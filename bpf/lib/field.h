/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* A field of a kernel struct: by a plain load, or, where the verifier does not know the pointer's
 * type, through the helper, which takes ten times as long. */
#ifndef FIELD_H
#define FIELD_H

#include <bpf/bpf_core_read.h>

#define FIELD(known, pointer, field) ((known) ? (pointer)->field : BPF_CORE_READ(pointer, field))

#endif
