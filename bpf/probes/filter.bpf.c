// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* The watch filter's tables and what goes with them: no program, but memory of all. */
#include "../include/kernel.h"
#include <bpf/bpf_helpers.h>
#include "../include/edge_filter.h"
#include "../include/edge_fresh.h"

struct edge_filter_table filter_agent SEC(EDGE_FILTER_AGENT) = {};
struct edge_filter_table filter_learnt SEC(EDGE_FILTER_LEARNT) = {};
/* Nothing is listed at first. */
struct edge_fresh fresh SEC(EDGE_FRESH) = {.folders = 1};
