// The loop of a supervisor: streams, clients, children.
#include "shim.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

/// Everything that the loop knows. Static: a page that is never touched costs nothing.
static struct {
    const struct shim_options *options;
    int report, children, console, out, error;
    pid_t runtime, container;
    bool ended;
    int status;
    struct log log;
    struct line out_line, error_line;
    struct attach attach;
    char bytes[shim_frame];
} at;

static void tell(const char *word, uint64_t number, bool with_number) {
    char bytes[48];
    struct text text = { bytes, 0, sizeof bytes };
    text_add(&text, word);
    if (with_number) text_number(&text, number);
    text_add(&text, "\n");
    (void)!write(at.report, bytes, text.count);
}

static int give_up(int number) {
    tell("error ", (uint64_t)number, true);
    return 71;
}

/// Takes what there is of one stream; a stream that has ended becomes -1.
static void take(int *stream, char kind, struct line *line) {
    while (*stream >= 0) {
        ssize_t count = read(*stream, at.bytes, sizeof at.bytes);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno == EAGAIN) return;
        if (count <= 0) {
            // A terminal's master says EIO when the last process has closed the other side.
            if (*stream != at.attach.input) close(*stream);
            *stream = -1;
            return;
        }
        if (at.options->log) log_add(&at.log, line, at.bytes, (size_t)count);
        attach_send(&at.attach, kind, at.bytes, (size_t)count);
        // Others have their turn; the poll comes back at once where there is more.
        if (!at.ended) return;
    }
}

/// The pages of this program's text are on the disk as well; what the loop does not use need not stand in memory.
static void forget_text(void) {
    extern char __executable_start, etext;
    uintptr_t page = 4095, start = ((uintptr_t)&__executable_start + page) & ~page, end = (uintptr_t)&etext & ~page;
    if (end > start) madvise((void *)start, end - start, MADV_DONTNEED);
}

/// The runtime's command has ended: the container is there, or it never will be.
static bool runtime_done(int status) {
    at.runtime = 0;
    at.container = WIFEXITED(status) && WEXITSTATUS(status) == 0 ? pid_in("pid") : 0;
    if (!at.container) {
        write_exit(0, status, true);
        tell("fail ", (uint64_t)(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)), true);
        return false;
    }
    mark_now(at.options->mark);
    tell("ok ", (uint64_t)at.container, true);
    close(at.report);
    at.report = -1;
    tick_begin(at.options);
    return true;
}

/// Reaps; false where the runtime has failed.
static bool reap(void) {
    struct signalfd_siginfo facts;
    while (read(at.children, &facts, sizeof facts) > 0) {}
    int status;
    if (at.runtime) {
        // The container's first process may end before the runtime does; it waits until its number is known.
        if (waitpid(at.runtime, &status, WNOHANG) != at.runtime) return true;
        if (!runtime_done(status)) return false;
        forget_text();
    }
    pid_t child;
    while ((child = waitpid(-1, &status, WNOHANG)) > 0) {
        tick_ended(at.options, child);
        if (child != at.container) continue;
        mark_now("exited");
        at.ended = true;
        at.status = status;
    }
    return true;
}

static int add(struct pollfd *polls, int count, int descriptor, short events) {
    if (descriptor < 0) return count;
    polls[count] = (struct pollfd){ .fd = descriptor, .events = events };
    return count + 1;
}

static bool is_ready(const struct pollfd *polls, int count, int descriptor) {
    for (int i = 0; i < count; i++) {
        if (polls[i].fd == descriptor && polls[i].revents) return true;
    }
    return false;
}

static void take_terminal(void) {
    int master = console_receive(at.console);
    if (master < 0) return;
    close(at.console);
    unlink("console.sock");
    at.console = -1;
    fcntl(master, F_SETFL, fcntl(master, F_GETFL) | O_NONBLOCK);
    at.out = at.attach.input = master;
    at.attach.input_is_terminal = true;
}

static bool turn(void) {
    struct pollfd polls[6 + shim_clients];
    bool may_take = !at.attach.waiting;
    int count = add(polls, 0, at.children, POLLIN);
    count = add(polls, count, at.attach.listener, POLLIN);
    count = add(polls, count, at.console, POLLIN);
    if (at.out >= 0 && at.out == at.attach.input) {
        count = add(polls, count, at.out, (short)(may_take ? POLLIN : POLLIN | POLLOUT));
    } else {
        count = add(polls, count, at.out, POLLIN);
        if (!may_take) count = add(polls, count, at.attach.input, POLLOUT);
    }
    count = add(polls, count, at.error, POLLIN);
    for (int i = 0; i < shim_clients; i++) {
        count = add(polls, count, at.attach.clients[i], may_take ? POLLIN : 0);
    }
    if (poll(polls, (nfds_t)count, tick_wait(at.options)) < 0 && errno != EINTR) return true;
    tick_start(at.options);
    if (is_ready(polls, count, at.attach.listener)) attach_accept(&at.attach);
    if (at.console >= 0 && is_ready(polls, count, at.console)) take_terminal();
    if (!may_take) attach_write(&at.attach);
    for (int i = 0; i < shim_clients && !at.attach.waiting; i++) {
        int client = at.attach.clients[i];
        if (client >= 0 && is_ready(polls, count, client)) attach_receive(&at.attach, i);
    }
    if (at.out >= 0 && is_ready(polls, count, at.out)) take(&at.out, '1', &at.out_line);
    if (at.error >= 0 && is_ready(polls, count, at.error)) take(&at.error, '2', &at.error_line);
    return is_ready(polls, count, at.children) ? reap() : true;
}

/// Waits for the first client; false where the starter has gone before.
static bool wait_for_client(void) {
    tell("ready", 0, false);
    while (!attach_has_client(&at.attach)) {
        struct pollfd polls[2] = { { .fd = at.attach.listener, .events = POLLIN }, { .fd = at.report } };
        if (poll(polls, 2, -1) < 0) continue;
        if (polls[0].revents) attach_accept(&at.attach);
        else if (polls[1].revents) return false;
    }
    return true;
}

static void finish(void) {
    take(&at.out, '1', &at.out_line);
    take(&at.error, '2', &at.error_line);
    if (at.options->log) {
        log_finish(&at.log, &at.out_line);
        log_finish(&at.log, &at.error_line);
    }
    write_exit(at.container, at.status, false);
    int code = WIFSIGNALED(at.status) ? 128 + WTERMSIG(at.status) : WEXITSTATUS(at.status);
    char bytes[4] = { (char)(code >> 24), (char)(code >> 16), (char)(code >> 8), (char)code };
    attach_send(&at.attach, 'e', bytes, sizeof bytes);
    unlink("attach.sock");
}

int supervise(const struct shim_options *options, int report) {
    at.options = options;
    at.report = report;
    at.console = at.out = at.error = -1;
    at.out_line.stream = "stdout";
    at.error_line.stream = "stderr";
    // No signal ends a supervisor but the one that cannot be blocked: its container decides when it ends.
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&all);
    sigaddset(&all, SIGCHLD);
    at.children = signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK);
    if (at.children < 0 || !attach_open(&at.attach)) return give_up(errno);
    if (options->log && !log_open(&at.log, options->log_size, options->log_files)) return give_up(errno);
    if (options->wait_for_client && !wait_for_client()) return 75;

    int null = open("/dev/null", O_RDWR | O_CLOEXEC), in[2] = { null, -1 }, out[2] = { -1, null }, error[2] = { -1, null };
    if (options->tty) {
        at.console = console_listen();
        if (at.console < 0) return give_up(errno);
    } else {
        if (options->input && pipe2(in, O_CLOEXEC)) return give_up(errno);
        if (pipe2(out, O_CLOEXEC) || pipe2(error, O_CLOEXEC)) return give_up(errno);
        at.out = out[0];
        at.error = error[0];
        at.attach.input = in[1];
        int own[3] = { at.out, at.error, at.attach.input };
        for (int i = 0; i < 3; i++) {
            if (own[i] >= 0) fcntl(own[i], F_SETFL, O_NONBLOCK);
        }
    }
    at.runtime = start_command(options, in[0], out[1], error[1]);
    if (at.runtime < 0) return give_up(errno);
    if (in[0] != null) close(in[0]);
    if (out[1] != null) close(out[1]);
    if (error[1] != null) close(error[1]);
    while (!at.ended) {
        if (!turn()) {
            attach_send(&at.attach, 'e', "\0\0\0\177", 4);
            unlink("attach.sock");
            return 1;
        }
    }
    finish();
    return 0;
}
