#include "tare_netlink.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/vfs.h>
#include <unistd.h>

#define NSFS_MAGIC_NUMBER 0x6e736673

int tare_netlink_open(int protocol, int receive_buffer_bytes, int seconds) {
    int descriptor = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
    if (descriptor < 0) return -errno;
    int one = 1;
    struct timeval limit = {.tv_sec = seconds};
    struct sockaddr_nl own = {.nl_family = AF_NETLINK};
    // Old kernels lack these two options; then errors come without a text, or with the request behind them.
    (void)setsockopt(descriptor, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof one);
    (void)setsockopt(descriptor, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof one);
    (void)setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
    if (setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) != 0 ||
        bind(descriptor, (struct sockaddr *)&own, sizeof own) != 0) {
        int failure = errno;
        close(descriptor);
        return -failure;
    }
    return descriptor;
}

long tare_netlink_send(int descriptor, const void *bytes, size_t count) {
    struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    ssize_t sent;
    do {
        sent = sendto(descriptor, bytes, count, 0, (struct sockaddr *)&kernel, sizeof kernel);
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : sent;
}

long tare_netlink_receive(int descriptor, void *bytes, size_t capacity, int wait) {
    struct sockaddr_nl sender;
    for (;;) {
        socklen_t length = sizeof sender;
        ssize_t count = recvfrom(descriptor, bytes, capacity, MSG_TRUNC | (wait ? 0 : MSG_DONTWAIT),
                                 (struct sockaddr *)&sender, &length);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return -errno;
        // Another process may send to this socket; only the kernel has port 0.
        if (sender.nl_pid != 0) continue;
        return (size_t)count > capacity ? -EMSGSIZE : count;
    }
}

int tare_netns_unshare(void) { return unshare(CLONE_NEWNET) == 0 ? 0 : errno; }

int tare_netns_enter(int descriptor) { return setns(descriptor, CLONE_NEWNET) == 0 ? 0 : errno; }

int tare_netns_pin(const char *path) {
    char own[64];
    snprintf(own, sizeof own, "/proc/self/task/%ld/ns/net", (long)syscall(SYS_gettid));
    return mount(own, path, NULL, MS_BIND, NULL) == 0 ? 0 : errno;
}

int tare_netns_unpin(const char *path) { return umount2(path, MNT_DETACH) == 0 ? 0 : errno; }

int tare_netns_is_pinned(const char *path) {
    struct statfs facts;
    if (statfs(path, &facts) != 0) return -errno;
    return facts.f_type == NSFS_MAGIC_NUMBER;
}
