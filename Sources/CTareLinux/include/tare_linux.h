// What Swift cannot call on Linux by itself: inline prefetch, variadic system calls, macro constants.
#pragma once
#include <stdint.h>
#include <stddef.h>

/// Asks the processor to bring the cache line at `address` in; never faults.
static inline void tare_prefetch(const void *address) {
    __builtin_prefetch(address, 0, 3);
}

/// The whole number in `value`, towards zero, in one instruction.
///
/// Swift's own conversion checks three bounds; the caller has already seen that the magnitude is below 2^63.
static inline int64_t tare_truncate(double value) {
    return (int64_t)value;
}

/// Asks the kernel for huge pages under `bytes` bytes at `address`: a queue of a million events is read all over, and with
/// small pages most reads miss the processor's table of pages. Advice only: where the kernel has none, nothing changes.
void tare_advise_huge(void *address, size_t bytes);

#include "tare_files.h"
#include "tare_mounts.h"
#include "tare_tree.h"
#include "tare_interrupt.h"
#include "tare_netlink.h"

// Ziggurat tables (257 each), in tare_ziggurat.c.
extern const double tare_exponential_edges[257];
extern const double tare_exponential_heights[257];
/// A layer of the exponential: its edge times 2^-53, so that 53 random bits become a value by one multiplication, and
/// the next edge; side by side, so that a draw reads one cache line.
struct tare_layer {
    double scale;
    double next;
};
extern const struct tare_layer tare_exponential_layers[256];
extern const double tare_normal_edges[257];
extern const double tare_normal_heights[257];

/// Edges of the exponential's layers, widest first.
static inline const double *tare_exponential_x(void) { return tare_exponential_edges; }

/// The exponential's layers, widest first.
static inline const struct tare_layer *tare_exponential_pairs(void) { return tare_exponential_layers; }

/// The exponential's density at each edge.
static inline const double *tare_exponential_f(void) { return tare_exponential_heights; }

/// Edges of the normal's layers, widest first.
static inline const double *tare_normal_x(void) { return tare_normal_edges; }

/// The normal's density (not normalised) at each edge.
static inline const double *tare_normal_f(void) { return tare_normal_heights; }
#include "tare_probe.h"
#include "tare_process.h"
#include "tare_guarded.h"
