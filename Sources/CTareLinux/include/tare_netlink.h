// Netlink sockets and network namespaces. The constants are the kernel's own headers.
#pragma once
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nf_tables.h>
#include <stddef.h>
#include <stdint.h>

/// A netlink socket of `protocol` in the calling thread's network namespace, with extended acknowledgements, errors
/// without a copy of the request, and an end to waiting after `seconds`. Returns a descriptor, or an errno as a negative
/// number.
int tare_netlink_open(int protocol, int receive_buffer_bytes, int seconds);

/// sendto(2) the kernel. Returns the bytes sent, or an errno as a negative number.
long tare_netlink_send(int descriptor, const void *bytes, size_t count);

/// recv(2) of one datagram; with `wait` 0 it returns -EAGAIN where none is there. A datagram longer than `capacity` is
/// -EMSGSIZE. Returns the bytes received, or an errno as a negative number.
long tare_netlink_receive(int descriptor, void *bytes, size_t capacity, int wait);

/// Moves the calling thread into a network namespace of its own. Returns 0 or an errno.
int tare_netns_unshare(void);

/// Moves the calling thread into the network namespace behind `descriptor`. Returns 0 or an errno.
int tare_netns_enter(int descriptor);

/// Mounts the calling thread's network namespace on the file at `path`, which keeps it alive. Returns 0 or an errno.
int tare_netns_pin(const char *path);

/// Takes that mount away; the file stays. Returns 0 or an errno.
int tare_netns_unpin(const char *path);

/// Whether the file at `path` is a namespace: 1, 0, or an errno as a negative number.
int tare_netns_is_pinned(const char *path);
