#include "relay.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dns.h"

/// Writes all, or returns -1.
static int write_all(int descriptor, const uint8_t *bytes, size_t count) {
    while (count > 0) {
        ssize_t done = send(descriptor, bytes, count, MSG_NOSIGNAL);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return -1;
        bytes += done;
        count -= (size_t)done;
    }
    return 0;
}

/// Reads all, or returns -1.
static int read_all(int descriptor, uint8_t *bytes, size_t count) {
    while (count > 0) {
        ssize_t done = recv(descriptor, bytes, count, 0);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return -1;
        bytes += done;
        count -= (size_t)done;
    }
    return 0;
}

_Noreturn void relay_connection(int accepted, const address *target) {
    static uint8_t buffer[1 << 16];
    int other = socket(target->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (other < 0 || connect(other, &target->any, address_length(target)) != 0) _exit(1);
    struct pollfd ends[2] = {{.fd = accepted, .events = POLLIN}, {.fd = other, .events = POLLIN}};
    int open = 2;
    while (open > 0) {
        if (poll(ends, 2, -1) < 0) {
            if (errno == EINTR) continue;
            _exit(1);
        }
        for (int side = 0; side < 2; side++) {
            if (ends[side].fd < 0 || ends[side].revents == 0) continue;
            int to = side == 0 ? other : accepted;
            ssize_t count = recv(ends[side].fd, buffer, sizeof buffer, 0);
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) _exit(1);
            if (count == 0) {
                // One direction has ended; the other may go on.
                shutdown(to, SHUT_WR);
                ends[side].fd = -1;
                open--;
            } else if (write_all(to, buffer, (size_t)count) != 0) {
                _exit(1);
            }
        }
    }
    _exit(0);
}

/// Asks one server over a connection of its own. Returns the answer's length, or 0.
static size_t ask(const address *server, const uint8_t *question, size_t length, uint8_t *answer) {
    int other = socket(server->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (other < 0) return 0;
    struct timeval limit = {.tv_sec = 3};
    setsockopt(other, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(other, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    uint8_t size[2] = {(uint8_t)(length >> 8), (uint8_t)length};
    size_t count = 0;
    if (connect(other, &server->any, address_length(server)) == 0 && write_all(other, size, 2) == 0 &&
        write_all(other, question, length) == 0 && read_all(other, size, 2) == 0) {
        count = (size_t)size[0] << 8 | size[1];
        if (read_all(other, answer, count) != 0) count = 0;
    }
    close(other);
    return count;
}

_Noreturn void relay_questions(int accepted, const address *servers, int count) {
    // The answer stands behind its length, so that both leave together.
    static uint8_t question[1 << 16], whole[2 + (1 << 16)];
    uint8_t *answer = whole + 2;
    const size_t capacity = sizeof whole - 2;
    struct timeval limit = {.tv_sec = 10};
    setsockopt(accepted, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(accepted, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    uint8_t size[2];
    while (read_all(accepted, size, 2) == 0) {
        size_t length = (size_t)size[0] << 8 | size[1], written = 0;
        if (read_all(accepted, question, length) != 0) break;
        dns_step step = dns_answer(question, length, answer, capacity, &written);
        if (step == DNS_DROP) break;
        for (int index = 0; step == DNS_FORWARD && written == 0 && index < count; index++) {
            written = ask(&servers[index], question, length, answer);
        }
        if (written == 0) written = dns_failure(question, length, count > 0 ? 2 : 3, answer, capacity);
        if (written == 0) break;
        whole[0] = (uint8_t)(written >> 8);
        whole[1] = (uint8_t)written;
        if (write_all(accepted, whole, 2 + written) != 0) break;
    }
    _exit(0);
}
