#include "tare_mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

static int answer(long result) {
    return result < 0 ? -errno : (int)result;
}

int tare_fsopen(const char *name) {
    return answer(syscall(SYS_fsopen, name, 1 /* FSOPEN_CLOEXEC */));
}

int tare_fsconfig_string(int context, const char *key, const char *value) {
    return answer(syscall(SYS_fsconfig, context, 1 /* FSCONFIG_SET_STRING */, key, value, 0));
}

int tare_fsconfig_flag(int context, const char *key) {
    return answer(syscall(SYS_fsconfig, context, 0 /* FSCONFIG_SET_FLAG */, key, NULL, 0));
}

int tare_fsconfig_descriptor(int context, const char *key, int value) {
    return answer(syscall(SYS_fsconfig, context, 5 /* FSCONFIG_SET_FD */, key, NULL, value));
}

int tare_fsconfig_create(int context) {
    return answer(syscall(SYS_fsconfig, context, 6 /* FSCONFIG_CMD_CREATE */, NULL, NULL, 0));
}

int tare_fsmount(int context, uint64_t attributes) {
    return answer(syscall(SYS_fsmount, context, 1 /* FSMOUNT_CLOEXEC */, attributes));
}

int tare_clone_tree(int folder, const char *path, int recursive) {
    unsigned flags = 1 /* OPEN_TREE_CLONE */ | O_CLOEXEC | AT_EMPTY_PATH | (recursive ? 0x8000 /* AT_RECURSIVE */ : 0);
    return answer(syscall(SYS_open_tree, folder, path, flags));
}

int tare_move_mount(int mount, int folder, const char *path) {
    return answer(syscall(SYS_move_mount, mount, "", folder, path, 4 /* MOVE_MOUNT_F_EMPTY_PATH */));
}

int tare_mount_setattr(
    int folder, const char *path, uint64_t set, uint64_t clear, uint64_t propagation, int users, int recursive) {
    struct {
        uint64_t set, clear, propagation, users;
    } wanted = {set, clear, propagation, 0};
    if (users >= 0) {
        wanted.set |= 0x100000; /* MOUNT_ATTR_IDMAP */
        wanted.users = (uint64_t)users;
    }
    unsigned flags = AT_EMPTY_PATH | (recursive ? 0x8000 /* AT_RECURSIVE */ : 0);
    return answer(syscall(SYS_mount_setattr, folder, path, flags, &wanted, sizeof wanted));
}

struct relative {
    int base;
    const char *options;
    const char *target;
    int result;
};

static void *mount_relative(void *argument) {
    struct relative *wanted = argument;
    // The thread's own working folder, so that the process's stays as it is.
    if (unshare(CLONE_FS) != 0 || fchdir(wanted->base) != 0 ||
        mount("overlay", wanted->target, "overlay", 0, wanted->options) != 0) {
        wanted->result = -errno;
    }
    return NULL;
}

int tare_overlay_relative(int base, const char *options, const char *target) {
    struct relative wanted = {base, options, target, 0};
    pthread_t thread;
    int failure = pthread_create(&thread, NULL, mount_relative, &wanted);
    if (failure != 0) return -failure;
    pthread_join(thread, NULL);
    return wanted.result;
}

int tare_unmount(const char *target, int flags) {
    return umount2(target, flags) == 0 ? 0 : -errno;
}

uint64_t tare_attribute_read_only(void) { return 0x1; }
uint64_t tare_attribute_no_setuid(void) { return 0x2; }
uint64_t tare_attribute_no_devices(void) { return 0x4; }
uint64_t tare_attribute_no_programs(void) { return 0x8; }
