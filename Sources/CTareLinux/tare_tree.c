#include "tare_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/openat2.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

int tare_open_in_root(int root, const char *path, int flags, unsigned mode) {
    struct open_how how;
    memset(&how, 0, sizeof how);
    how.flags = (uint64_t)(flags | O_CLOEXEC);
    how.mode = flags & O_CREAT ? mode : 0;
    how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
    // EAGAIN: something was renamed meanwhile and the kernel could not prove that the path stayed inside.
    for (int tries = 0; tries < 128; tries++) {
        long result = syscall(SYS_openat2, root, path, &how, sizeof how);
        if (result >= 0) return (int)result;
        if (errno != EAGAIN && errno != EINTR) return -errno;
    }
    return -EAGAIN;
}

long tare_fd_attribute_names(int file, char *names, size_t capacity) {
    ssize_t length = flistxattr(file, names, capacity);
    return length < 0 ? -errno : length;
}

long tare_fd_attribute_value(int file, const char *name, void *value, size_t capacity) {
    ssize_t length = fgetxattr(file, name, value, capacity);
    return length < 0 ? -errno : length;
}

int tare_fd_attribute_set(int file, const char *name, const void *value, size_t length) {
    return fsetxattr(file, name, value, length, 0) == 0 ? 0 : -errno;
}

/// There is no setxattrat(2) before Linux 6.13; procfs leads to the folder without following the last name.
static int at_path(char *path, size_t capacity, int folder, const char *name) {
    int length = snprintf(path, capacity, "/proc/self/fd/%d/%s", folder, name);
    return length > 0 && (size_t)length < capacity ? 0 : -ENAMETOOLONG;
}

long tare_at_attribute_names(int folder, const char *name, char *names, size_t capacity) {
    char path[512];
    if (at_path(path, sizeof path, folder, name) != 0) return -ENAMETOOLONG;
    ssize_t length = llistxattr(path, names, capacity);
    return length < 0 ? -errno : length;
}

long tare_at_attribute_value(int folder, const char *name, const char *attribute, void *value, size_t capacity) {
    char path[512];
    if (at_path(path, sizeof path, folder, name) != 0) return -ENAMETOOLONG;
    ssize_t length = lgetxattr(path, attribute, value, capacity);
    return length < 0 ? -errno : length;
}

int tare_at_attribute_set(int folder, const char *name, const char *attribute, const void *value, size_t length) {
    char path[512];
    if (at_path(path, sizeof path, folder, name) != 0) return -ENAMETOOLONG;
    return lsetxattr(path, attribute, value, length, 0) == 0 ? 0 : -errno;
}

int tare_thread_umask_none(void) {
    if (unshare(CLONE_FS) != 0) return -errno;
    umask(0);
    return 0;
}

uint64_t tare_device(unsigned major, unsigned minor) { return makedev(major, minor); }
unsigned tare_device_major(uint64_t device) { return major(device); }
unsigned tare_device_minor(uint64_t device) { return minor(device); }

int tare_rename_new(int from, const char *old, int to, const char *fresh) {
    return renameat2(from, old, to, fresh, RENAME_NOREPLACE) == 0 ? 0 : -errno;
}

int tare_synchronise_system(int file) { return syncfs(file) == 0 ? 0 : -errno; }

int tare_reflink(int target, int source) { return ioctl(target, FICLONE, source) == 0 ? 0 : -errno; }

long tare_system_magic(int file) {
    struct statfs facts;
    return fstatfs(file, &facts) == 0 ? (long)facts.f_type : -errno;
}
