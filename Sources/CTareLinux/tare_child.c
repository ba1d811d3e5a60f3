#include "tare_child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

int tare_in_child(void (*body)(void *result), void *result, size_t size, int milliseconds) {
    int ends[2];
    if (pipe(ends) != 0) return errno;
    pid_t child = fork();
    if (child < 0) {
        int failure = errno;
        close(ends[0]);
        close(ends[1]);
        return failure;
    }
    if (child == 0) {
        // C only from here on: other threads of the parent are gone, and their locks with them.
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        signal(SIGINT, SIG_DFL);
        signal(SIGTERM, SIG_DFL);
        // Whatever the parent has open (locked journals, sockets) is none of the trial's business.
        if (ends[1] > 3) close_range(3, ends[1] - 1, 0);
        close_range(ends[1] + 1, ~0U, 0);
        body(result);
        _exit(write(ends[1], result, size) == (ssize_t)size ? 0 : 1);
    }
    close(ends[1]);
    long long end = now_milliseconds() + milliseconds;
    int failure = 0;
    for (;;) {
        long long left = end - now_milliseconds();
        struct pollfd waiting = {.fd = ends[0], .events = POLLIN};
        int ready = left > 0 ? poll(&waiting, 1, (int)left) : 0;
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) {
            failure = ready < 0 ? errno : ETIMEDOUT;
            break;
        }
        // The result is smaller than PIPE_BUF, so it comes in one piece or not at all.
        ssize_t count = read(ends[0], result, size);
        if (count < 0 && errno == EINTR) continue;
        if (count != (ssize_t)size) failure = ECHILD;
        break;
    }
    close(ends[0]);
    kill(child, SIGKILL);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    return failure;
}
