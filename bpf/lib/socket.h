/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* The destination of a connect or a datagram: brought to one form, and left out when an excluded
 * network holds it. */
#ifndef SOCKET_H
#define SOCKET_H

#include "maps.h"
#include <bpf/bpf_endian.h>

/* An address as in struct edge_network: IPv4 stands mapped into IPv6. Words in network order. */
struct address {
	__u32 words[4];
};

static __always_inline struct address address_of_ip4(__u32 ip4)
{
	return (struct address){{0, 0, bpf_htonl(0xffff), ip4}};
}

static __always_inline bool address_is_ip4(const struct address *address)
{
	return !address->words[0] && !address->words[1] && address->words[2] == bpf_htonl(0xffff);
}

static __always_inline bool address_is_excluded(const struct address *address)
{
	struct edge_net4_key key4 = {.prefix_len = 32};
	struct edge_net6_key key6 = {.prefix_len = 128};

	if (address_is_ip4(address)) {
		__builtin_memcpy(key4.address, &address->words[3], sizeof(key4.address));
		return bpf_map_lookup_elem(&exclude_net4, &key4);
	}
	__builtin_memcpy(key6.address, address->words, sizeof(key6.address));
	return bpf_map_lookup_elem(&exclude_net6, &key6);
}

#endif
