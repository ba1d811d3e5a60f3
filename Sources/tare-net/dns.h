// The part of the domain name system (RFC 1035) that names of containers need.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// What to do with a question.
typedef enum {
    /// Too short, not a question, or not well-formed: no answer.
    DNS_DROP,
    /// `answer` holds the answer.
    DNS_ANSWERED,
    /// Not a container's name: somebody else knows.
    DNS_FORWARD,
} dns_step;

/// Answers a question for a container's name.
dns_step dns_answer(const uint8_t *question, size_t length, uint8_t *answer, size_t capacity, size_t *written);

/// An answer that says only that it failed (2), or that there is no such name (3). Returns its length, or 0.
size_t dns_failure(const uint8_t *question, size_t length, int code, uint8_t *answer, size_t capacity);
