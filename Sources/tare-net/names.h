// The containers of one network: their names and addresses.
#pragma once
#include <netinet/in.h>
#include <stddef.h>

/// An IPv4 or IPv6 address with a port, as the socket calls take it.
typedef union {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
} address;

/// Reads an address; `port` in host order. Returns 0, or -1 where the text is none.
int address_read(const char *text, unsigned port, address *result);

/// The length of the family's structure.
socklen_t address_length(const address *value);

/// Whether family, address and port are the same.
int address_equal(const address *left, const address *right);

/// Forgets a container; one that is not known is fine.
void names_remove(const char *container);

/// Adds a name or, where `name` is NULL, an address of a container. Returns 0, or -1 where memory is used up.
int names_add(const char *container, const char *name, const address *where);

/// Collects the addresses of a family that a name has; -1 where nobody has the name.
int names_find(const char *name, int family, address *found, int most);
