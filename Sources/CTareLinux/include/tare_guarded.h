// A child that does not outlive this process, and how to talk to it.
#pragma once

/// Starts a program that the kernel kills when this process ends, however it ends.
///
/// PR_SET_PDEATHSIG follows the thread that forked, so one thread that lives as long as the process does all of it.
/// `descriptors[i]` becomes the child's number i; all others are closed. Where `huge_pages` is 0 the child's memory never
/// consists of transparent huge pages, so that a resident figure counts pages that were touched. Returns the process id,
/// or a negative errno, that of execve included.
int tare_start_guarded(
    const char *program, char *const *arguments, char *const *environment, const int *descriptors, int count,
    int huge_pages);

/// Sends a signal through a pidfd. Returns 0 or an errno.
int tare_pidfd_signal(int descriptor, int signal);

/// Makes two connected stream sockets, close-on-exec. Returns 0 or an errno.
int tare_stream_pair(int *ours, int *theirs);

/// Connects to a TCP port of 127.0.0.1; reads and writes end after `milliseconds`. Returns a descriptor, close-on-exec, or
/// a negative errno.
int tare_connect_loopback(int port, int milliseconds);

/// A TCP port of 127.0.0.1 that was free a moment ago, or a negative errno.
int tare_free_port(void);
