// Files, terminals and error numbers.
#pragma once
#include <stdint.h>
#include <stddef.h>

/// The description of an error number, a static string; never null.
const char *tare_errno_text(int number);

/// flock(2), which Swift cannot name because a struct has the same name. Returns 0 or an errno.
int tare_flock(int descriptor, int exclusive, int wait);

/// Lets an flock go. Returns 0 or an errno.
int tare_funlock(int descriptor);

/// Columns of the terminal behind `descriptor`, or 0 where it is none or does not say.
int tare_terminal_columns(int descriptor);

/// The number of CPUs that the calling process may run on; at least 1.
int tare_allowed_cpus(void);

/// llistxattr(2) and lgetxattr(2), which are not in Swift's Glibc. Return a length, or an errno as a negative number.
long tare_attribute_names(const char *path, char *names, size_t capacity);
long tare_attribute_value(const char *path, const char *name, void *value, size_t capacity);
