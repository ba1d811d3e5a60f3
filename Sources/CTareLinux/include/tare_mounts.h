// The mount calls that work on descriptors, which glibc 2.36 has in part and Swift not at all. Each returns a descriptor
// or 0, or an errno as a negative number.
#pragma once
#include <stdint.h>

/// fsopen(2): a context in which a file system of type `name` is configured.
int tare_fsopen(const char *name);

/// fsconfig(2): gives the context a text, a flag or a descriptor. The kernel takes texts of at most 255 bytes.
int tare_fsconfig_string(int context, const char *key, const char *value);
int tare_fsconfig_flag(int context, const char *key);
int tare_fsconfig_descriptor(int context, const char *key, int value);

/// fsconfig(2): makes the file system of what was given.
int tare_fsconfig_create(int context);

/// fsmount(2): a mount of the context that is nowhere yet. `attributes` are MOUNT_ATTR_ bits.
int tare_fsmount(int context, uint64_t attributes);

/// open_tree(2) with OPEN_TREE_CLONE: a copy of the mount at `path` that is nowhere yet.
int tare_clone_tree(int folder, const char *path, int recursive);

/// move_mount(2): puts a mount that is nowhere at `path`.
int tare_move_mount(int mount, int folder, const char *path);

/// mount_setattr(2) on a mount that is nowhere or on the one that `path` names below `folder`. `propagation` is 0 or one
/// of MS_PRIVATE, MS_SLAVE, MS_SHARED; `users` is a user namespace to map owners by, or -1.
int tare_mount_setattr(
    int folder, const char *path, uint64_t set, uint64_t clear, uint64_t propagation, int users, int recursive);

/// mount(2) of an overlay whose paths are relative to the folder `base`: for kernels without `lowerdir+`. Runs in a
/// thread with a working folder of its own.
int tare_overlay_relative(int base, const char *options, const char *target);

/// umount2(2).
int tare_unmount(const char *target, int flags);

/// MOUNT_ATTR_ bits by what they say.
uint64_t tare_attribute_read_only(void);
uint64_t tare_attribute_no_setuid(void);
uint64_t tare_attribute_no_devices(void);
uint64_t tare_attribute_no_programs(void);
