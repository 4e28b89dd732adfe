// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * All probes, in one object, so that they share the maps. One unit for the compiler, too, not
 * several that are linked: libbpf's linker refuses objects that both name a function of the kernel
 * (before libbpf 1.2). Programs are loaded in this order: what a kernel may refuse comes first, so
 * that it is known before the others were verified.
 */
#include "probes/file_open_allowed.bpf.c"
#include "probes/file_open_checked.bpf.c"
#include "probes/change_allowed.bpf.c"
#include "probes/change_checked.bpf.c"
#include "probes/exec.bpf.c"
#include "probes/exit.bpf.c"
#include "probes/filter.bpf.c"
#include "probes/folder_fresh.bpf.c"
#include "probes/fork.bpf.c"
#include "probes/identity.bpf.c"
#include "probes/network.bpf.c"
#include "probes/processes.bpf.c"
#include "probes/returns.bpf.c"
#include "probes/uring_call.bpf.c"
#include "probes/uring_open.bpf.c"
