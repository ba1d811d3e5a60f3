#include "tare_child.h"
#include "tare_probe.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int write_file(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return errno;
    ssize_t count = write(file, text, strlen(text));
    int failure = count < 0 ? errno : 0;
    close(file);
    return failure;
}

/// A user namespace in which the calling user is root; `extra` namespaces are made with it.
static int enter_user_namespace(int extra) {
    char users[64], groups[64];
    snprintf(users, sizeof users, "0 %u 1", (unsigned)geteuid());
    snprintf(groups, sizeof groups, "0 %u 1", (unsigned)getegid());
    if (unshare(CLONE_NEWUSER | extra) != 0) return errno;
    int failure = write_file("/proc/self/uid_map", users);
    if (failure != 0) return failure;
    failure = write_file("/proc/self/setgroups", "deny");
    if (failure != 0) return failure;
    return write_file("/proc/self/gid_map", groups);
}

static void user_namespace(void *result) {
    *(int *)result = enter_user_namespace(0);
}

static int overlay(void) {
    if (geteuid() == 0) {
        if (unshare(CLONE_NEWNS) != 0) return errno;
    } else {
        int failure = enter_user_namespace(CLONE_NEWNS);
        if (failure != 0) return failure;
    }
    // Private first, so that nothing of the trial reaches the host's mounts.
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) return errno;
    if (mount("tare", "/tmp", "tmpfs", 0, "size=1m") != 0) return errno;
    static const char *const folders[] = {"/tmp/lower", "/tmp/upper", "/tmp/work", "/tmp/merged"};
    for (int i = 0; i < 4; i++) {
        if (mkdir(folders[i], 0755) != 0) return errno;
    }
    const char *options = "lowerdir=/tmp/lower,upperdir=/tmp/upper,workdir=/tmp/work";
    if (mount("tare", "/tmp/merged", "overlay", 0, options) != 0) return errno;
    // A mount alone proves little: write through it and find the file above.
    int file = open("/tmp/merged/written", O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0) return errno;
    return access("/tmp/upper/written", F_OK) == 0 ? 0 : EIO;
}

static void overlay_mount(void *result) {
    *(int *)result = overlay();
}

static void seccomp_filter(void *result) {
    int *failure = result;
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EXDEV),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof steps / sizeof steps[0], .filter = steps};
    *failure = 0;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
        *failure = errno;
    } else if (syscall(SYS_getppid) != -1 || errno != EXDEV) {
        *failure = ENOSYS;
    }
}

static int tried(void (*body)(void *)) {
    int failure = 0;
    int lost = tare_in_child(body, &failure, sizeof failure, 2000);
    return lost != 0 ? lost : failure;
}

int tare_try_overlay(void) {
    return tried(overlay_mount);
}

int tare_try_user_namespace(void) {
    return tried(user_namespace);
}

int tare_try_seccomp(void) {
    return tried(seccomp_filter);
}
