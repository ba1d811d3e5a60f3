#include "names.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct entry {
    struct entry *next;
    char *container;
    // One of the two is set.
    char *name;
    address where;
} entry;

static entry *entries;

int address_read(const char *text, unsigned port, address *result) {
    memset(result, 0, sizeof *result);
    if (inet_pton(AF_INET, text, &result->four.sin_addr) == 1) {
        result->four.sin_family = AF_INET;
        result->four.sin_port = htons((uint16_t)port);
        return 0;
    }
    if (inet_pton(AF_INET6, text, &result->six.sin6_addr) == 1) {
        result->six.sin6_family = AF_INET6;
        result->six.sin6_port = htons((uint16_t)port);
        return 0;
    }
    return -1;
}

socklen_t address_length(const address *value) {
    return value->any.sa_family == AF_INET6 ? sizeof value->six : sizeof value->four;
}

int address_equal(const address *left, const address *right) {
    if (left->any.sa_family != right->any.sa_family) return 0;
    if (left->any.sa_family == AF_INET6) {
        return left->six.sin6_port == right->six.sin6_port &&
               memcmp(&left->six.sin6_addr, &right->six.sin6_addr, 16) == 0;
    }
    return left->four.sin_port == right->four.sin_port && left->four.sin_addr.s_addr == right->four.sin_addr.s_addr;
}

void names_remove(const char *container) {
    for (entry **place = &entries; *place;) {
        entry *here = *place;
        if (strcmp(here->container, container) != 0) {
            place = &here->next;
            continue;
        }
        *place = here->next;
        free(here->container);
        free(here->name);
        free(here);
    }
}

int names_add(const char *container, const char *name, const address *where) {
    entry *made = calloc(1, sizeof *made);
    if (!made) return -1;
    made->container = strdup(container);
    if (name) made->name = strdup(name);
    if (where) made->where = *where;
    if (!made->container || (name && !made->name)) {
        free(made->container);
        free(made->name);
        free(made);
        return -1;
    }
    made->next = entries;
    entries = made;
    return 0;
}

int names_find(const char *name, int family, address *found, int most) {
    int known = 0, count = 0;
    for (entry *holder = entries; holder; holder = holder->next) {
        if (!holder->name || strcasecmp(holder->name, name) != 0) continue;
        known = 1;
        for (entry *place = entries; place; place = place->next) {
            if (place->name || place->where.any.sa_family != family) continue;
            if (strcmp(place->container, holder->container) != 0) continue;
            if (count < most) found[count++] = place->where;
        }
    }
    return known ? count : -1;
}
