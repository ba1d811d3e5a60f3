// Ctrl-C once asks to finish and save, twice ends the program now.
#pragma once

/// Catches SIGINT and SIGTERM: the first one raises a flag, the second one ends the process with 130. Returns 0 or an
/// errno. Calling it again changes nothing.
int tare_interrupt_install(void);

/// Puts the default handling of SIGINT and SIGTERM back and lowers the flag.
void tare_interrupt_remove(void);

/// The number of the signals caught since the flag was lowered.
int tare_interrupt_count(void);

/// The last signal caught, or 0.
int tare_interrupt_signal(void);
