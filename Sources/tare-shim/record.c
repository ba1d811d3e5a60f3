// What outlives this process: marks, and how the container ended.
#include "shim.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void mark_at(const char *name, uint64_t boot_ns, uint64_t mono_ns) {
    char bytes[96];
    struct text text = { bytes, 0, sizeof bytes };
    text_add(&text, name);
    text_add(&text, " ");
    text_number(&text, boot_ns);
    text_add(&text, " ");
    text_number(&text, mono_ns);
    text_add(&text, "\n");
    int file = open("marks", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file < 0) return;
    // One write: lines of two writers never mix in a file that is open for appending.
    (void)!write(file, bytes, text.count);
    close(file);
}

void mark_now(const char *name) { mark_at(name, nanoseconds(CLOCK_BOOTTIME), nanoseconds(CLOCK_MONOTONIC)); }

bool write_exit(pid_t pid, int wait_status, bool by_runtime) {
    char bytes[384];
    struct text text = { bytes, 0, sizeof bytes };
    int signal = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;
    // A process that a signal ended has the status 128 + signal, as shells and the docker command line say it.
    int code = signal ? 128 + signal : WEXITSTATUS(wait_status);
    text_add(&text, "{\"boottime_ns\":");
    text_number(&text, nanoseconds(CLOCK_BOOTTIME));
    text_add(&text, ",\"code\":");
    text_number(&text, (uint64_t)code);
    text_add(&text, ",\"finished\":\"");
    text_wall_time(&text, nanoseconds(CLOCK_REALTIME));
    text_add(&text, "\",\"monotonic_ns\":");
    text_number(&text, nanoseconds(CLOCK_MONOTONIC));
    text_add(&text, ",\"pid\":");
    text_number(&text, (uint64_t)pid);
    text_add(&text, ",\"signal\":");
    text_number(&text, (uint64_t)signal);
    text_add(&text, by_runtime ? ",\"stage\":\"runtime\"}\n" : ",\"stage\":\"container\"}\n");
    int file = open("exit.tmp", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return false;
    bool good = write(file, bytes, text.count) == (ssize_t)text.count && !rename("exit.tmp", "exit");
    // Whoever waits sees the end at once; a copy of this process sees to it that a loss of power does not undo it.
    if (good && fork() == 0) {
        // Neither the lock nor a client's connection is held for that.
        if (file > 3) close_range(3, (unsigned)file - 1, 0);
        close_range((unsigned)file + 1, ~0u, 0);
        fdatasync(file);
        int folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (folder >= 0) fsync(folder);
        _exit(0);
    }
    close(file);
    return good;
}

pid_t pid_in(const char *path) {
    char bytes[24];
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t count = read(file, bytes, sizeof bytes - 1);
    close(file);
    pid_t pid = 0;
    for (ssize_t at = 0; at < count && bytes[at] >= '0' && bytes[at] <= '9'; at++) pid = pid * 10 + (bytes[at] - '0');
    return pid;
}
