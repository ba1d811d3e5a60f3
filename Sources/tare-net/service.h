// What the program listens on, and what it waits for.
#pragma once
#include "names.h"

/// Prepares the loop. Returns 0 or an errno.
int service_start(int control);

/// Answers questions at `where` over both protocols. An address that is served already is fine. Returns 0 or an errno.
int service_listen(const address *where);

/// Adds a server that knows other names. Returns 0 or an errno.
int service_upstream(const address *where);

/// Leads connections (or datagrams) at `where` to `target` as long as the container is known. Returns 0 or an errno.
int service_forward(const char *container, const address *where, const address *target, int datagrams);

/// Ends what leads to a container.
void service_remove(const char *container);

/// Runs until it is told to stop. `command` gets each control message and fills the answer; it returns 1 to stop.
void service_run(int (*command)(char *message, char *answer, size_t capacity));
