// Walking and writing trees by descriptors. Each call returns a descriptor, a length or 0, or an errno as a negative
// number.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// openat2(2) with RESOLVE_IN_ROOT and no magic links: whatever links and `..` are on the way, the result is below
/// `root`.
int tare_open_in_root(int root, const char *path, int flags, unsigned mode);

/// Extended attributes of an open file.
long tare_fd_attribute_names(int file, char *names, size_t capacity);
long tare_fd_attribute_value(int file, const char *name, void *value, size_t capacity);
int tare_fd_attribute_set(int file, const char *name, const void *value, size_t length);

/// Extended attributes of `name` in an open folder; a symbolic link is not followed.
long tare_at_attribute_names(int folder, const char *name, char *names, size_t capacity);
long tare_at_attribute_value(int folder, const char *name, const char *attribute, void *value, size_t capacity);
int tare_at_attribute_set(int folder, const char *name, const char *attribute, const void *value, size_t length);

/// Gives the calling thread a umask of its own, 0.
int tare_thread_umask_none(void);

/// Device numbers.
uint64_t tare_device(unsigned major, unsigned minor);
unsigned tare_device_major(uint64_t device);
unsigned tare_device_minor(uint64_t device);

/// renameat2(2) that refuses to replace.
int tare_rename_new(int from, const char *old, int to, const char *fresh);

/// Waits until the file system that holds `file` is on the disk.
int tare_synchronise_system(int file);

/// Makes `target` share all blocks of `source`, where the file system can.
int tare_reflink(int target, int source);

/// The file system's magic number.
long tare_system_magic(int file);
