#pragma once
// SHA-256 itself, without the general interface around it, is marked as deprecated since OpenSSL 3.0, and is still the
// fastest way to many short digests.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/sha.h>
