// The attach socket: packets of one kind byte and its bytes, so that no message is ever half read.
//
// to the client: '1' standard output, '2' standard error, 'e' four bytes of exit code (the last message)
// from the client: '0' input, 'c' end of the input, 'r' four bytes: rows and columns of the terminal
#include "shim.h"
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { patience_ms = 10000 };

bool attach_open(struct attach *attach) {
    for (int at = 0; at < shim_clients; at++) attach->clients[at] = -1;
    attach->input = -1;
    struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "attach.sock" };
    unlink(address.sun_path);
    attach->listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (attach->listener < 0) return false;
    return !bind(attach->listener, (struct sockaddr *)&address, sizeof address) && !listen(attach->listener, 8);
}

bool attach_has_client(const struct attach *attach) {
    for (int at = 0; at < shim_clients; at++) {
        if (attach->clients[at] >= 0) return true;
    }
    return false;
}

void attach_accept(struct attach *attach) {
    int client = accept4(attach->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client < 0) return;
    for (int at = 0; at < shim_clients; at++) {
        if (attach->clients[at] < 0) {
            attach->clients[at] = client;
            return;
        }
    }
    close(client);
}

static void leave(struct attach *attach, int client) {
    close(attach->clients[client]);
    attach->clients[client] = -1;
}

void attach_send(struct attach *attach, char kind, const char *bytes, size_t count) {
    if (!attach_has_client(attach)) return;
    attach->out[0] = kind;
    memcpy(attach->out + 1, bytes, count);
    for (int at = 0; at < shim_clients; at++) {
        int client = attach->clients[at];
        if (client < 0) continue;
        // A slow client slows the container down; one that takes nothing for ten seconds is let go.
        while (send(client, attach->out, count + 1, MSG_NOSIGNAL) < 0) {
            struct pollfd room = { .fd = client, .events = POLLOUT };
            if ((errno == EAGAIN && poll(&room, 1, patience_ms) == 1) || errno == EINTR) continue;
            leave(attach, at);
            break;
        }
    }
}

static void end_input(struct attach *attach) {
    if (attach->input < 0) return;
    if (attach->input_is_terminal) {
        (void)!write(attach->input, "\4", 1);
        return;
    }
    close(attach->input);
    attach->input = -1;
}

void attach_write(struct attach *attach) {
    while (attach->written < attach->waiting && attach->input >= 0) {
        ssize_t part = write(attach->input, attach->frame + 1 + attach->written, attach->waiting - attach->written);
        if (part < 0 && errno == EAGAIN) return;
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) {
            // Nobody reads the container's input any more.
            if (!attach->input_is_terminal) end_input(attach);
            break;
        }
        attach->written += (size_t)part;
    }
    attach->waiting = attach->written = 0;
    if (attach->close_when_written) {
        attach->close_when_written = false;
        end_input(attach);
    }
}

bool attach_receive(struct attach *attach, int client) {
    ssize_t count = recv(attach->clients[client], attach->frame, sizeof attach->frame, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return true;
    if (count <= 0) {
        leave(attach, client);
        return false;
    }
    const unsigned char *word = (const unsigned char *)attach->frame + 1;
    switch (attach->frame[0]) {
    case '0':
        attach->waiting = (size_t)count - 1;
        attach->written = 0;
        attach_write(attach);
        break;
    case 'c':
        end_input(attach);
        break;
    case 'r':
        if (count == 5 && attach->input_is_terminal && attach->input >= 0) {
            struct winsize size = {
                .ws_row = (unsigned short)(word[0] << 8 | word[1]), .ws_col = (unsigned short)(word[2] << 8 | word[3]),
            };
            ioctl(attach->input, TIOCSWINSZ, &size);
        }
        break;
    default:
        break;
    }
    return true;
}
