// Runs a trial in a child that dies with its time.
#pragma once
#include <stddef.h>

/// Calls `body(context, result)` in a child and copies the child's `size` bytes of result back.
///
/// Returns 0, ETIMEDOUT where the child was killed after `milliseconds`, ECHILD where it died by itself, or the errno
/// of a call that failed.
int tare_in_child(void (*body)(void *result), void *result, size_t size, int milliseconds);
