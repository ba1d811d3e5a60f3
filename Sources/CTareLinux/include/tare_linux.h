// What Swift cannot call on Linux by itself: inline prefetch, variadic system calls, macro constants.
#pragma once
#include <stdint.h>
#include <stddef.h>

/// Asks the processor to bring the cache line at `address` in; never faults.
static inline void tare_prefetch(const void *address) {
    __builtin_prefetch(address, 0, 3);
}

#include "tare_files.h"
#include "tare_interrupt.h"
