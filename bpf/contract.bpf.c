// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Never loaded: holds every type of the contract, so that all of them stand in the object's BTF. */
#include "include/kernel.h"
#include "include/edge_event.h"
#include "include/edge_filter.h"
#include "include/edge_fresh.h"

enum edge_kind contract_kind;
enum edge_lane contract_lane;
enum edge_origin contract_origin;
enum edge_path_flag contract_path_flag;
enum edge_call_kind contract_call_kind;
enum edge_watch contract_watch;

struct edge_header contract_header;
struct edge_task contract_task;
struct edge_file contract_file;
struct edge_exec contract_exec;
struct edge_fork contract_fork;
struct edge_exit contract_exit;
struct edge_file_open contract_file_open;
struct edge_call contract_call;
struct edge_network contract_network;
struct edge_file_identity contract_file_identity;
struct edge_inode_key contract_inode_key;
struct edge_name_key contract_name_key;
struct edge_word_key contract_word_key;
struct edge_net4_key contract_net4_key;
struct edge_net6_key contract_net6_key;
struct edge_lane_state contract_lane_state;
struct edge_filter_table contract_filter_table;
struct edge_learnt contract_learnt;
struct edge_fresh contract_fresh;
