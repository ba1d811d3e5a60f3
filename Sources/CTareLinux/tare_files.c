#include "tare_files.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <sys/xattr.h>

const char *tare_errno_text(int number) {
    const char *text = strerrordesc_np(number);
    return text ? text : "unknown error";
}

int tare_flock(int descriptor, int exclusive, int wait) {
    int operation = (exclusive ? LOCK_EX : LOCK_SH) | (wait ? 0 : LOCK_NB);
    while (flock(descriptor, operation) != 0) {
        if (errno != EINTR) return errno;
    }
    return 0;
}

int tare_funlock(int descriptor) {
    return flock(descriptor, LOCK_UN) == 0 ? 0 : errno;
}

int tare_terminal_columns(int descriptor) {
    struct winsize size;
    memset(&size, 0, sizeof size);
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return 0;
    return size.ws_col;
}

int tare_allowed_cpus(void) {
    // The set must be as large as the kernel's: grow it until the call fits.
    for (int cpus = 1024; cpus <= 1 << 20; cpus *= 4) {
        cpu_set_t *set = CPU_ALLOC(cpus);
        if (!set) return 1;
        size_t bytes = CPU_ALLOC_SIZE(cpus);
        CPU_ZERO_S(bytes, set);
        int failed = sched_getaffinity(0, bytes, set) != 0 ? errno : 0;
        int count = failed ? 0 : CPU_COUNT_S(bytes, set);
        CPU_FREE(set);
        if (!failed) return count > 0 ? count : 1;
        if (failed != EINVAL) return 1;
    }
    return 1;
}

long tare_attribute_names(const char *path, char *names, size_t capacity) {
    ssize_t length = llistxattr(path, names, capacity);
    return length < 0 ? -errno : length;
}

long tare_attribute_value(const char *path, const char *name, void *value, size_t capacity) {
    ssize_t length = lgetxattr(path, name, value, capacity);
    return length < 0 ? -errno : length;
}
