// tare-shim: one container's supervisor.
//
// It lives from before the runtime is called until the container has ended, and longer than whoever started it: it holds
// the container's streams, its terminal and its exit code, so that the engine needs no daemon. C and static, because one
// of it stands beside each container and its memory is weighed with them.
//
//     tare-shim supervise --folder DIR [options] -- RUNTIME ARGUMENT...
//     tare-shim call [--hide MOUNT]... -- PROGRAM ARGUMENT...
//     tare-shim init -- PROGRAM ARGUMENT...                     (inside a container, as its first process)
//
// Descriptor 3, where it is open, is told what becomes of it: "ready", then "ok PID" or "fail STATUS" or "error ERRNO".
#include "shim.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { report_descriptor = 3 };

static int usage(const char *what) {
    char bytes[256];
    struct text text = { bytes, 0, sizeof bytes };
    text_add(&text, "tare-shim: cannot read the command line: ");
    text_add(&text, what);
    text_add(&text, "\n  hint: this program is started by tare, not by hand\n");
    (void)!write(2, bytes, text.count);
    return 64;
}

/// Reads the options up to `--`; returns what is wrong, or null.
static const char *read_options(int count, char **words, struct shim_options *options) {
    uint64_t number;
    for (int at = 2; at < count; at++) {
        const char *word = words[at], *next = at + 1 < count ? words[at + 1] : NULL;
        if (!strcmp(word, "--")) {
            options->command = words + at + 1;
            return at + 1 < count ? NULL : "no program after --";
        }
        if (!strcmp(word, "--tty")) { options->tty = true; continue; }
        if (!strcmp(word, "--input")) { options->input = true; continue; }
        if (!strcmp(word, "--no-log")) { options->log = false; continue; }
        if (!strcmp(word, "--wait-for-client")) { options->wait_for_client = true; continue; }
        if (!next) return word;
        at++;
        if (!strcmp(word, "--folder")) {
            options->folder = next;
        } else if (!strcmp(word, "--mark")) {
            options->mark = next;
        } else if (!strcmp(word, "--hide") && options->hide_count < shim_hides) {
            options->hides[options->hide_count++] = next;
        } else if (!strcmp(word, "--exit-command")) {
            // A count, then as many words.
            if (!number_of(next, &number) || !number || number >= (uint64_t)(count - at)) return word;
            options->exit_command = words + at + 1;
            at += (int)number;
        } else if (!strcmp(word, "--tick-command")) {
            if (!number_of(next, &number) || !number || number >= (uint64_t)(count - at)) return word;
            options->tick_command = words + at + 1;
            options->tick_words = (int)number;
            at += (int)number;
        } else if (!number_of(next, &number)) {
            return word;
        } else if (!strcmp(word, "--requested-boot-ns")) {
            options->requested_boot_ns = number;
        } else if (!strcmp(word, "--requested-mono-ns")) {
            options->requested_mono_ns = number;
        } else if (!strcmp(word, "--tick-ms") && number) {
            options->tick_ms = number;
        } else if (!strcmp(word, "--log-size")) {
            options->log_size = number;
        } else if (!strcmp(word, "--log-files") && number <= 1000) {
            options->log_files = (int)number;
        } else {
            return word;
        }
    }
    return "no -- before the program";
}

static void fail(int report, int number) {
    char bytes[32];
    struct text text = { bytes, 0, sizeof bytes };
    text_add(&text, "error ");
    text_number(&text, (uint64_t)number);
    text_add(&text, "\n");
    (void)!write(report, bytes, text.count);
}

/// Holds the lock that says "this container has a supervisor", with the process id in the file.
static int take_lock(void) {
    int file = open("lock", O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0) return errno;
    // Whoever looks whether it is taken holds it for a moment.
    for (int tries = 0; flock(file, LOCK_EX | LOCK_NB); tries++) {
        if (errno != EWOULDBLOCK || tries == 100) return errno;
        usleep(1000);
    }
    // What an earlier life has left is not this one's.
    static const char *const old[] = { "exit", "pid", "marks", "runtime.log", "console.sock" };
    for (unsigned number = 0; number < sizeof old / sizeof *old; number++) unlink(old[number]);
    char bytes[24];
    struct text text = { bytes, 0, sizeof bytes };
    text_number(&text, (uint64_t)getpid());
    text_add(&text, "\n");
    // Padded, so that one write replaces an earlier number whole.
    while (text.count < 12) text_add(&text, "\n");
    if (pwrite(file, bytes, text.count, 0) != (ssize_t)text.count) return errno ? errno : EIO;
    return 0;
}

int main(int count, char **words) {
    struct shim_options options = { .log = true, .mark = "created", .log_files = 1 };
    if (count < 2) return usage("no verb");
    if (!strcmp(words[1], "init")) return count > 3 && !strcmp(words[2], "--") ? init_main(words + 3) : usage("init");
    bool call = !strcmp(words[1], "call");
    if (!call && strcmp(words[1], "supervise")) return usage(words[1]);
    const char *wrong = read_options(count, words, &options);
    if (wrong) return usage(wrong);
    if (call) {
        int number = hide_mounts(options.hides, options.hide_count);
        if (number) return 126;
        execve(options.command[0], options.command, clean_environment);
        return 127;
    }
    if (!options.folder) return usage("--folder is missing");
    if (options.tick_command && !options.tick_ms) return usage("--tick-ms is missing");
    int report = report_descriptor;
    if (fcntl(report, F_SETFD, FD_CLOEXEC)) report = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (chdir(options.folder)) {
        fail(report, errno);
        return 73;
    }
    // The starter waits for the first process only; the second belongs to nobody.
    pid_t child = fork();
    if (child < 0) {
        fail(report, errno);
        return 71;
    }
    if (child) return 0;
    setsid();
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int number = 0; number < 3; number++) dup2(null, number);
    if (null > 2) close(null);
    // Whatever else the starter had open is not this process's to hold.
    close_range((unsigned)report + 1, ~0u, 0);
    umask(022);
    int number = take_lock();
    if (!number && prctl(PR_SET_CHILD_SUBREAPER, 1)) number = errno;
    if (number) {
        fail(report, number);
        return 73;
    }
    mark_at("requested", options.requested_boot_ns, options.requested_mono_ns);
    mark_now("supervised");
    int status = supervise(&options, report);
    if (options.exit_command) {
        // The words go up to the next option; a null ends them.
        for (int at = 0; at < count; at++) {
            if (words + at == options.exit_command) {
                uint64_t length = 0;
                number_of(words[at - 1], &length);
                words[at + (int)length] = NULL;
            }
        }
        execve(options.exit_command[0], options.exit_command, clean_environment);
    }
    return status;
}
