/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* A field of a kernel struct: by a plain load, or, where the verifier neither knows the pointer's
 * type nor believes it, through the helper, which takes ten times as long. */
#ifndef FIELD_H
#define FIELD_H

#include "../include/kernel.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#define TYPE_OF(pointer) __typeof__(*(pointer))

#ifdef FIELDS_BY_COPIES
/* An object of its own for kernels that lack the cast: libbpf would look for the function that they
 * have not among the types of their modules, which only CAP_SYS_ADMIN may list. */
#define CAST_IS_THERE false
#define AS(type, pointer) ((type *)(pointer))
#else
/* Gives a pointer the type of a struct, for plain loads only. The cast came with 6.2, as did the
 * helper that is asked for. */
extern void *bpf_rdonly_cast(const void *pointer, __u32 type) __ksym;
#define CAST_IS_THERE bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_cgrp_storage_get)
#define AS(type, pointer) ((type *)bpf_rdonly_cast(pointer, bpf_core_type_id_kernel(type)))
#endif

#define LOAD(pointer, field)                                                                       \
	(CAST_IS_THERE ? AS(TYPE_OF(pointer), pointer)->field : BPF_CORE_READ(pointer, field))
/* A pointer in a struct, as a mere number: held over the rounds of a loop, a pointer with a type
 * makes each round look new to the verifier. */
#define LOAD_ADDRESS(pointer, field)                                                               \
	(CAST_IS_THERE ? (__typeof__((pointer)->field))AS(                                         \
			     struct rlimit, __builtin_preserve_access_index(&(pointer)->field))    \
			     ->rlim_cur                                                            \
		       : BPF_CORE_READ(pointer, field))
#define FIELD(known, pointer, field) ((known) ? (pointer)->field : LOAD(pointer, field))

#endif
