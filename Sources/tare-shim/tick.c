// A command that is started again and again while the container runs: its health check. Nothing stays in memory between.
#include "shim.h"
#include <signal.h>
#include <time.h>
#include <unistd.h>

static struct {
    uint64_t next;    // CLOCK_MONOTONIC of the next start; 0 before the container runs
    pid_t running;
} tick;

static uint64_t interval(const struct shim_options *options) { return options->tick_ms * 1000000u; }

void tick_begin(const struct shim_options *options) {
    if (options->tick_command) tick.next = nanoseconds(CLOCK_MONOTONIC) + interval(options);
}

int tick_wait(const struct shim_options *options) {
    (void)options;
    if (!tick.next || tick.running) return -1;
    uint64_t now = nanoseconds(CLOCK_MONOTONIC);
    if (now >= tick.next) return 0;
    uint64_t left = (tick.next - now) / 1000000u + 1;
    return left > 3600000u ? 3600000 : (int)left;
}

void tick_start(const struct shim_options *options) {
    if (tick_wait(options) != 0) return;
    pid_t child = fork();
    if (child < 0) {
        // The host is short of processes now; the next turn tries again.
        tick.next = nanoseconds(CLOCK_MONOTONIC) + interval(options);
        return;
    }
    if (child) {
        tick.running = child;
        return;
    }
    sigset_t none;
    sigemptyset(&none);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    options->tick_command[options->tick_words] = NULL;
    execve(options->tick_command[0], options->tick_command, clean_environment);
    _exit(127);
}

void tick_ended(const struct shim_options *options, pid_t child) {
    if (!tick.running || child != tick.running) return;
    tick.running = 0;
    tick.next = nanoseconds(CLOCK_MONOTONIC) + interval(options);
}
