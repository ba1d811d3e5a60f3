// Starting the runtime: clean signals, clean environment, and without the mounts that it cannot bear.
#include "shim.h"
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <unistd.h>

char *clean_environment[] = {
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "HOME=/", NULL,
};

int hide_mounts(const char *const *paths, int count) {
    if (!count) return 0;
    if (unshare(CLONE_NEWNS)) return errno;
    // Slave: what the host mounts later is still seen here, and nothing from here reaches the host.
    if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL)) return errno;
    for (int at = 0; at < count; at++) {
        if (umount2(paths[at], MNT_DETACH) && errno != EINVAL && errno != ENOENT) return errno;
    }
    return 0;
}

pid_t start_command(const struct shim_options *options, int in, int out, int error) {
    // A socket's path has at most 107 bytes, whatever the folder's has; the kernel's own link to it is short.
    char console_path[64];
    struct text text = { console_path, 0, sizeof console_path - 1 };
    text_add(&text, "/proc/");
    text_number(&text, (uint64_t)getpid());
    text_add(&text, "/cwd/console.sock");
    console_path[text.count] = 0;
    pid_t own = getpid(), child = fork();
    if (child) return child;
    // A runtime whose supervisor has been killed would make a container that nobody knows of.
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) || getppid() != own) _exit(126);
    sigset_t none;
    sigemptyset(&none);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(error, 2) < 0) _exit(126);
    if (hide_mounts(options->hides, options->hide_count)) _exit(126);
    for (char **word = options->command; *word; word++) {
        if (!strcmp(*word, "{console}")) *word = console_path;
    }
    execve(options->command[0], options->command, clean_environment);
    _exit(127);
}
