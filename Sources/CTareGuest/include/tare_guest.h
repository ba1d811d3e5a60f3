// The C programs of a guest and of its emulator, as text: compiled when a guest needs them, and kept in the cache.
#pragma once
#include <stddef.h>

/// One source file: its bytes (not terminated by a zero) and their count.
typedef struct {
    const unsigned char *bytes;
    size_t count;
} tare_guest_source;

/// The plugin that counts a guest's instructions in QEMU.
tare_guest_source tare_guest_plugin(void);
/// The static program that runs in a guest: phase marks, seeding, readiness, memory.
tare_guest_source tare_guest_init(void);
/// The static program that prints memory nodes as libnuma sees them.
tare_guest_source tare_guest_nodes(void);
