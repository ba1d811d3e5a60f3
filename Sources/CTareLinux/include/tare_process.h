// Processes by descriptor.
#pragma once

/// pidfd_open(2), which has no wrapper in this C library. Returns a descriptor, close-on-exec, or a negative errno.
int tare_pidfd_open(int pid);

/// pipe2(2) with close-on-exec. Returns 0 or an errno.
int tare_pipe(int *reading, int *writing);
