// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Traffic is directed at an address: a connect, or a datagram with its own destination. The cgroup
 * hooks see the kernel's copy of the address, whatever way the call came in: 32-bit, sendmmsg,
 * io_uring, TCP Fast Open. They never deny.
 */
#include "../lib/ring.h"
#include "../lib/socket.h"
#include "../lib/task.h"

#define ALLOW 1

static __always_inline int network_report(struct bpf_sock_addr *context, struct address address,
					  __u32 kind)
{
	struct edge_network *network;

	if (address_is_excluded(&address))
		return ALLOW;
	network = bulk_reserve(kind, sizeof(*network));
	if (!network)
		return ALLOW;
	task_fill(&network->task, (void *)bpf_get_current_task(), false);
	__builtin_memcpy(network->address, &address, sizeof(network->address));
	network->port = bpf_ntohs(context->user_port);
	network->protocol = context->protocol;
	__builtin_memset(network->pad, 0, sizeof(network->pad));
	bulk_submit(network);
	return ALLOW;
}

static __always_inline struct address address_of_ip6(struct bpf_sock_addr *context)
{
	return (struct address){{context->user_ip6[0], context->user_ip6[1], context->user_ip6[2],
				 context->user_ip6[3]}};
}

SEC("cgroup/connect4")
int on_connect4(struct bpf_sock_addr *context)
{
	return network_report(context, address_of_ip4(context->user_ip4), EDGE_KIND_CONNECT);
}

SEC("cgroup/connect6")
int on_connect6(struct bpf_sock_addr *context)
{
	return network_report(context, address_of_ip6(context), EDGE_KIND_CONNECT);
}

SEC("cgroup/sendmsg4")
int on_sendmsg4(struct bpf_sock_addr *context)
{
	return network_report(context, address_of_ip4(context->user_ip4), EDGE_KIND_SEND);
}

SEC("cgroup/sendmsg6")
int on_sendmsg6(struct bpf_sock_addr *context)
{
	return network_report(context, address_of_ip6(context), EDGE_KIND_SEND);
}
