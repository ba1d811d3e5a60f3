#include "tare_interrupt.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t caught = 0;
static volatile sig_atomic_t last = 0;

static void handle(int number) {
    last = number;
    if (caught > 0) _exit(130);
    caught = caught + 1;
}

static int set_action(void (*action)(int)) {
    struct sigaction wanted;
    memset(&wanted, 0, sizeof wanted);
    wanted.sa_handler = action;
    // System calls go on: whoever wants to stop asks the flag between two steps.
    wanted.sa_flags = SA_RESTART;
    sigemptyset(&wanted.sa_mask);
    if (sigaction(SIGINT, &wanted, NULL) != 0) return errno;
    if (sigaction(SIGTERM, &wanted, NULL) != 0) return errno;
    return 0;
}

int tare_interrupt_install(void) {
    return set_action(handle);
}

void tare_interrupt_remove(void) {
    set_action(SIG_DFL);
    caught = 0;
    last = 0;
}

int tare_interrupt_count(void) {
    return caught;
}

int tare_interrupt_signal(void) {
    return last;
}
