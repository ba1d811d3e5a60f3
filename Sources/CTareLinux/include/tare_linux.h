// What Swift cannot call on Linux by itself: inline prefetch, variadic system calls, macro constants.
#pragma once
#include <stdint.h>
#include <stddef.h>

/// Asks the processor to bring the cache line at `address` in; never faults.
static inline void tare_prefetch(const void *address) {
    __builtin_prefetch(address, 0, 3);
}

#include "tare_files.h"
#include "tare_mounts.h"
#include "tare_tree.h"
#include "tare_interrupt.h"

// Ziggurat tables (257 each), in tare_ziggurat.c.
extern const double tare_exponential_edges[257];
extern const double tare_exponential_heights[257];
extern const double tare_normal_edges[257];
extern const double tare_normal_heights[257];

/// Edges of the exponential's layers, widest first.
static inline const double *tare_exponential_x(void) { return tare_exponential_edges; }

/// The exponential's density at each edge.
static inline const double *tare_exponential_f(void) { return tare_exponential_heights; }

/// Edges of the normal's layers, widest first.
static inline const double *tare_normal_x(void) { return tare_normal_edges; }

/// The normal's density (not normalised) at each edge.
static inline const double *tare_normal_f(void) { return tare_normal_heights; }
#include "tare_probe.h"
