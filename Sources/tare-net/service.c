#include "service.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "dns.h"
#include "relay.h"

enum { most_servers = 3, most_waiting = 256, most_children = 256, patience_seconds = 2, idle_seconds = 60 };

typedef enum {
    CONTROL,
    CONTROL_PEER,
    QUESTIONS,
    QUESTION_CONNECTIONS,
    CONNECTIONS,
    DATAGRAMS,
    // A socket of its own for one client's datagrams: the answer goes back through `parent`.
    WAITING,
} kind;

typedef struct watch {
    struct watch *next;
    kind kind;
    int descriptor;
    char *container;
    address where, target;
    // Only for WAITING.
    struct watch *parent;
    time_t deadline;
    int server;
    uint8_t *question;
    size_t length;
} watch;

static watch *watches;
static int poller = -1, waiting, children;

/// A child that copies one connection.
static struct {
    pid_t number;
    // The container that it leads to; NULL for questions.
    char *container;
} copies[most_children];
static address servers[most_servers];
static int server_count;

static time_t now(void) {
    struct timespec value;
    clock_gettime(CLOCK_MONOTONIC, &value);
    return value.tv_sec;
}

static watch *add(kind kind, int descriptor) {
    watch *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    made->kind = kind;
    made->descriptor = descriptor;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = made};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event) != 0) {
        free(made);
        return NULL;
    }
    made->next = watches;
    watches = made;
    if (kind == WAITING) waiting++;
    return made;
}

static void end(watch *gone) {
    for (watch **place = &watches; *place; place = &(*place)->next) {
        if (*place != gone) continue;
        *place = gone->next;
        break;
    }
    if (gone->kind == WAITING) waiting--;
    close(gone->descriptor);
    free(gone->container);
    free(gone->question);
    free(gone);
}

static int bound(const address *where, int type) {
    int descriptor = socket(where->any.sa_family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) return -errno;
    int one = 1;
    // Connections of an earlier server linger; listeners do not share a port by this.
    if (type == SOCK_STREAM) setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (where->any.sa_family == AF_INET6) setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
    if (bind(descriptor, &where->any, address_length(where)) == 0 &&
        (type != SOCK_STREAM || listen(descriptor, 128) == 0)) {
        return descriptor;
    }
    int failure = errno;
    close(descriptor);
    return -failure;
}

static int listen_at(kind kind, const address *where, const address *target, const char *container) {
    int descriptor = bound(where, kind == QUESTIONS || kind == DATAGRAMS ? SOCK_DGRAM : SOCK_STREAM);
    if (descriptor < 0) return -descriptor;
    watch *made = add(kind, descriptor);
    if (!made) {
        close(descriptor);
        return ENOMEM;
    }
    made->where = *where;
    if (target) made->target = *target;
    if (container && !(made->container = strdup(container))) {
        end(made);
        return ENOMEM;
    }
    return 0;
}

int service_start(int control) {
    poller = epoll_create1(EPOLL_CLOEXEC);
    if (poller < 0) return errno;
    return add(CONTROL, control) ? 0 : ENOMEM;
}

int service_listen(const address *where) {
    for (watch *each = watches; each; each = each->next) {
        if (each->kind == QUESTIONS && address_equal(&each->where, where)) return 0;
    }
    int failure = listen_at(QUESTIONS, where, NULL, NULL);
    return failure ? failure : listen_at(QUESTION_CONNECTIONS, where, NULL, NULL);
}

int service_upstream(const address *where) {
    if (server_count == most_servers) return ENOSPC;
    servers[server_count++] = *where;
    return 0;
}

int service_forward(const char *container, const address *where, const address *target, int datagrams) {
    return listen_at(datagrams ? DATAGRAMS : CONNECTIONS, where, target, container);
}

static void bury(void) {
    pid_t number;
    while (children > 0 && (number = waitpid(-1, NULL, WNOHANG)) > 0) {
        for (int index = 0; index < children; index++) {
            if (copies[index].number != number) continue;
            free(copies[index].container);
            copies[index] = copies[--children];
            break;
        }
    }
}

void service_remove(const char *container) {
    // A connection to a container that has gone would wait for ever.
    for (int index = 0; index < children; index++) {
        if (copies[index].container && strcmp(copies[index].container, container) == 0) {
            kill(copies[index].number, SIGTERM);
        }
    }
    for (watch *each = watches; each;) {
        watch *next = each->next;
        if (each->container && strcmp(each->container, container) == 0) {
            end(each);
            // Ending one may have been the next one's turn: begin again, the list is short.
            next = watches;
        }
        each = next;
    }
}

/// Sends a waiting question to its server, or the answer that there is none.
static void ask(watch *each) {
    while (each->server < server_count) {
        const address *server = &servers[each->server];
        int descriptor = socket(server->any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        each->deadline = now() + patience_seconds;
        // A new socket a server: an answer of the one before comes to nobody.
        if (descriptor >= 0) {
            struct epoll_event event = {.events = EPOLLIN, .data.ptr = each};
            if (each->descriptor >= 0) close(each->descriptor);
            each->descriptor = descriptor;
            if (epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event) == 0 &&
                connect(descriptor, &server->any, address_length(server)) == 0 &&
                send(descriptor, each->question, each->length, 0) == (ssize_t)each->length) {
                return;
            }
        }
        each->server++;
    }
    uint8_t answer[512];
    size_t length = dns_failure(each->question, each->length, 2, answer, sizeof answer);
    if (length > 0) {
        sendto(each->parent->descriptor, answer, length, 0, &each->where.any, address_length(&each->where));
    }
    end(each);
}

static void take_question(watch *here) {
    uint8_t question[4096], answer[512];
    address client;
    socklen_t size = sizeof client;
    ssize_t length = recvfrom(here->descriptor, question, sizeof question, 0, &client.any, &size);
    if (length <= 0) return;
    size_t written = 0;
    dns_step step = dns_answer(question, (size_t)length, answer, sizeof answer, &written);
    if (step == DNS_FORWARD && server_count > 0 && waiting < most_waiting) {
        // A descriptor that ask() replaces; the watch needs one to be counted.
        watch *made = calloc(1, sizeof *made);
        if (!made) return;
        *made = (watch){.next = watches, .kind = WAITING, .descriptor = -1, .where = client, .parent = here};
        made->question = malloc((size_t)length);
        if (!made->question) {
            free(made);
            return;
        }
        memcpy(made->question, question, (size_t)length);
        made->length = (size_t)length;
        watches = made;
        waiting++;
        ask(made);
        return;
    }
    if (step == DNS_FORWARD) {
        written = dns_failure(question, (size_t)length, server_count > 0 ? 2 : 3, answer, sizeof answer);
    }
    if (written > 0) sendto(here->descriptor, answer, written, 0, &client.any, size);
}

static void take_datagram(watch *here) {
    static uint8_t buffer[1 << 16];
    address client;
    socklen_t size = sizeof client;
    ssize_t length = recvfrom(here->descriptor, buffer, sizeof buffer, 0, &client.any, &size);
    if (length < 0) return;
    watch *found = NULL;
    for (watch *each = watches; each && !found; each = each->next) {
        if (each->kind == WAITING && each->parent == here && address_equal(&each->where, &client)) found = each;
    }
    if (!found) {
        if (waiting >= most_waiting) return;
        int descriptor = socket(here->target.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (descriptor < 0) return;
        if (connect(descriptor, &here->target.any, address_length(&here->target)) != 0 ||
            !(found = add(WAITING, descriptor))) {
            close(descriptor);
            return;
        }
        found->where = client;
        found->parent = here;
        found->container = here->container ? strdup(here->container) : NULL;
    }
    found->deadline = now() + idle_seconds;
    send(found->descriptor, buffer, (size_t)length, 0);
}

static void take_answer(watch *each) {
    static uint8_t buffer[1 << 16];
    ssize_t length = recv(each->descriptor, buffer, sizeof buffer, 0);
    if (each->question) {
        if (length < 0) {
            each->server++;
            ask(each);
            return;
        }
        // Only an answer to this very question counts.
        if (length < 12 || memcmp(buffer, each->question, 2) != 0) return;
    } else {
        if (length < 0) return;
        each->deadline = now() + idle_seconds;
    }
    sendto(each->parent->descriptor, buffer, (size_t)length, 0, &each->where.any, address_length(&each->where));
    if (each->question) end(each);
}

static void take_connection(watch *here) {
    int accepted = accept4(here->descriptor, NULL, NULL, SOCK_CLOEXEC);
    if (accepted < 0) return;
    pid_t child = children < most_children ? fork() : -1;
    if (child == 0) {
        // A child has its connection and nothing else: the listeners end with the parent.
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        for (watch *each = watches; each; each = each->next) close(each->descriptor);
        close(poller);
        if (here->kind == CONNECTIONS) relay_connection(accepted, &here->target);
        relay_questions(accepted, servers, server_count);
    }
    if (child > 0) {
        copies[children].number = child;
        copies[children++].container = here->container ? strdup(here->container) : NULL;
    }
    close(accepted);
}

static int take_control(watch *here, int (*command)(char *, char *, size_t)) {
    static char message[1 << 16];
    char answer[512] = "ok";
    ssize_t length = recv(here->descriptor, message, sizeof message - 1, 0);
    if (length <= 0) {
        end(here);
        return 0;
    }
    message[length] = 0;
    int over = command(message, answer, sizeof answer);
    send(here->descriptor, answer, strlen(answer), MSG_NOSIGNAL);
    return over;
}

void service_run(int (*command)(char *, char *, size_t)) {
    for (;;) {
        struct epoll_event event;
        // It sleeps without a limit unless an answer is awaited or a child has to be buried.
        int count = epoll_wait(poller, &event, 1, waiting > 0 || children > 0 ? 1000 : -1);
        bury();
        time_t time = now();
        if (count == 1) {
            watch *here = event.data.ptr;
            switch (here->kind) {
                case CONTROL: {
                    int peer = accept4(here->descriptor, NULL, NULL, SOCK_CLOEXEC);
                    if (peer >= 0 && !add(CONTROL_PEER, peer)) close(peer);
                    break;
                }
                case CONTROL_PEER:
                    if (take_control(here, command)) return;
                    break;
                case QUESTIONS: take_question(here); break;
                case DATAGRAMS: take_datagram(here); break;
                case WAITING: take_answer(here); break;
                case QUESTION_CONNECTIONS:
                case CONNECTIONS: take_connection(here); break;
            }
        }
        for (watch *each = watches, *next; each; each = next) {
            next = each->next;
            if (each->kind != WAITING || each->deadline > time) continue;
            if (each->question) {
                each->server++;
                ask(each);
            } else {
                end(each);
            }
        }
    }
}
