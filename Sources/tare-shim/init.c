// A container's first process where it was made with --init: starts the program, passes signals on, reaps what is left.
#include "shim.h"
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

/// The init's own `main`; `words` is the program and its arguments, ended by a null.
int init_main(char **words) {
    sigset_t all, before;
    sigfillset(&all);
    // What a fault of this process itself raises cannot wait.
    static const int faults[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT };
    for (unsigned i = 0; i < sizeof faults / sizeof *faults; i++) sigdelset(&all, faults[i]);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t child = fork();
    if (child < 0) return 126;
    if (!child) {
        setpgid(0, 0);
        signal(SIGTTOU, SIG_IGN);
        // Without a terminal this fails, and nothing is lost by that.
        tcsetpgrp(0, getpid());
        signal(SIGTTOU, SIG_DFL);
        sigprocmask(SIG_SETMASK, &before, NULL);
        execvp(words[0], words);
        int number = errno;
        char bytes[256];
        struct text text = { bytes, 0, sizeof bytes };
        text_add(&text, "tare-init: cannot run ");
        text_add(&text, words[0]);
        text_add(&text, number == ENOENT ? ": no such file\n" : ": not a program that can be run\n");
        (void)!write(2, bytes, text.count);
        _exit(number == ENOENT ? 127 : 126);
    }
    while (true) {
        int signal_number = sigwaitinfo(&all, NULL);
        if (signal_number < 0) continue;
        if (signal_number != SIGCHLD) {
            kill(child, signal_number);
            continue;
        }
        int status;
        pid_t ended;
        bool is_over = false;
        int code = 0;
        while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
            if (ended != child) continue;
            is_over = true;
            code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
        }
        if (is_over) return code;
    }
}
