#include "include/tare_guarded.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

// One request at a time: `lock` is held from asking to answering.
static struct {
    pthread_mutex_t lock;
    pthread_mutex_t turn;
    pthread_cond_t changed;
    int has_thread, is_asked, result, count, huge_pages;
    const char *program;
    char *const *arguments;
    char *const *environment;
    const int *descriptors;
} launch = { .lock = PTHREAD_MUTEX_INITIALIZER, .turn = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };

// In the child: system calls only, since another thread may have held any lock of the C library.
static void become(int report, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    if (!launch.huge_pages) prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
    setsid();
    struct sigaction plain = { .sa_handler = SIG_DFL };
    for (int number = 1; number < 32; number++) sigaction(number, &plain, 0);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, 0);
    // Out of the way of the numbers that are to be filled.
    int moved[16];
    report = fcntl(report, F_DUPFD_CLOEXEC, 64);
    for (int i = 0; i < launch.count; i++) moved[i] = fcntl(launch.descriptors[i], F_DUPFD_CLOEXEC, 64);
    for (int i = 0; i < launch.count; i++) dup2(moved[i], i);
    syscall(SYS_close_range, launch.count, ~0U, CLOSE_RANGE_CLOEXEC);
    execve(launch.program, launch.arguments, launch.environment);
    int failure = errno;
    if (write(report, &failure, sizeof failure)) {}
    _exit(127);
}

static int start(void) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC)) return -errno;
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) become(ends[1], parent);
    int failure = child < 0 ? errno : 0;
    close(ends[1]);
    if (child > 0) {
        ssize_t count;
        do count = read(ends[0], &failure, sizeof failure); while (count < 0 && errno == EINTR);
        if (count != sizeof failure) failure = 0;
        if (failure) waitpid(child, 0, 0);
    }
    close(ends[0]);
    return failure ? -failure : child;
}

static void *serve(void *unused) {
    pthread_mutex_lock(&launch.turn);
    for (;;) {
        while (!launch.is_asked) pthread_cond_wait(&launch.changed, &launch.turn);
        launch.result = start();
        launch.is_asked = 0;
        pthread_cond_broadcast(&launch.changed);
    }
    return unused;
}

int tare_start_guarded(
    const char *program, char *const *arguments, char *const *environment, const int *descriptors, int count,
    int huge_pages) {
    if (count > 16) return -EINVAL;
    pthread_mutex_lock(&launch.lock);
    if (!launch.has_thread) {
        pthread_t thread;
        int failure = pthread_create(&thread, 0, serve, 0);
        if (failure) {
            pthread_mutex_unlock(&launch.lock);
            return -failure;
        }
        pthread_detach(thread);
        launch.has_thread = 1;
    }
    pthread_mutex_lock(&launch.turn);
    launch.program = program;
    launch.arguments = arguments;
    launch.environment = environment;
    launch.descriptors = descriptors;
    launch.count = count;
    launch.huge_pages = huge_pages;
    launch.is_asked = 1;
    pthread_cond_broadcast(&launch.changed);
    while (launch.is_asked) pthread_cond_wait(&launch.changed, &launch.turn);
    int result = launch.result;
    pthread_mutex_unlock(&launch.turn);
    pthread_mutex_unlock(&launch.lock);
    return result;
}

int tare_pidfd_signal(int descriptor, int signal) {
    return syscall(SYS_pidfd_send_signal, descriptor, signal, 0, 0) ? errno : 0;
}

static int fail_closing(int descriptor) {
    int failure = errno;
    close(descriptor);
    return -failure;
}

int tare_stream_pair(int *ours, int *theirs) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) return errno;
    *ours = ends[0];
    *theirs = ends[1];
    return 0;
}

static int loopback(struct sockaddr_in *address, int port) {
    *address = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(port) };
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return descriptor < 0 ? -errno : descriptor;
}

int tare_connect_loopback(int port, int milliseconds) {
    struct sockaddr_in address;
    int descriptor = loopback(&address, port);
    if (descriptor < 0) return descriptor;
    struct timeval limit = { .tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000 };
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (connect(descriptor, (struct sockaddr *)&address, sizeof address)) return fail_closing(descriptor);
    return descriptor;
}

int tare_free_port(void) {
    struct sockaddr_in address;
    int descriptor = loopback(&address, 0);
    if (descriptor < 0) return descriptor;
    socklen_t size = sizeof address;
    if (bind(descriptor, (struct sockaddr *)&address, size)
        || getsockname(descriptor, (struct sockaddr *)&address, &size)) {
        return fail_closing(descriptor);
    }
    close(descriptor);
    return ntohs(address.sin_port);
}
