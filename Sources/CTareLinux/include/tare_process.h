// Processes by descriptor.
#pragma once

/// pidfd_open(2), which has no wrapper in this C library. Returns a descriptor, close-on-exec, or a negative errno.
int tare_pidfd_open(int pid);

/// pipe2(2) with close-on-exec. Returns 0 or an errno.
int tare_pipe(int *reading, int *writing);

/// Connects a packet socket (AF_UNIX, SOCK_SEQPACKET) to a path. Returns a descriptor, close-on-exec, or a negative errno.
int tare_connect_packets(const char *path);
