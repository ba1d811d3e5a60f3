// Connections, each in a child of its own, which ends with it.
#pragma once
#include "names.h"

/// Copies both ways between an accepted connection and `target` until both sides have ended. Never returns.
_Noreturn void relay_connection(int accepted, const address *target);

/// Answers questions over an accepted connection; others go to the first of `servers` that answers. Never returns.
_Noreturn void relay_questions(int accepted, const address *servers, int count);
