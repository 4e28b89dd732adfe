// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* The watch filter's tables: no program, but memory of all. */
#include "../include/kernel.h"
#include <bpf/bpf_helpers.h>
#include "../include/edge_filter.h"

struct edge_filter_table filter_agent SEC(EDGE_FILTER_AGENT) = {};
struct edge_filter_table filter_learnt SEC(EDGE_FILTER_LEARNT) = {};
