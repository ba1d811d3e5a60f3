// tare-net FOLDER NETWORK: names and [::1] ports of one network.
//
// Started with the network's first container in the namespace of its bridges, ended with the last. It binds
// FOLDER/NETWORK.sock, forks, and the parent ends with 0: then it answers. Whoever may open the socket (root) sends one
// message a time and gets "ok" or "error TEXT". A message is lines of words:
//
//     listen ADDRESS                      answer questions there
//     upstream ADDRESS                    ask there for other names
//     add CONTAINER                       begins a container; what it had is forgotten
//     name NAME                           of that container
//     address ADDRESS                     of that container
//     forward tcp|udp ADDRESS PORT TARGET PORT
//     remove CONTAINER
//     stop
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "names.h"
#include "service.h"

static char socket_name[108];

static int command(char *message, char *answer, size_t capacity) {
    char container[256] = "", *save = NULL;
    for (char *line = strtok_r(message, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        char first[256] = "", second[256] = "", third[64] = "", fourth[256] = "";
        unsigned port = 0, target_port = 0;
        address where, target;
        int failure = 0;
        // sscanf would take "address" for "add" and a rest: the first word is compared whole.
        char word[16] = "";
        int rest = 0;
        if (sscanf(line, "%15s %n", word, &rest) != 1) continue;
        const char *words = line + rest;
        if (strcmp(word, "stop") == 0) return 1;
        if (strcmp(word, "listen") == 0 && sscanf(words, "%255s", first) == 1) {
            failure = address_read(first, 53, &where) ? EINVAL : service_listen(&where);
        } else if (strcmp(word, "upstream") == 0 && sscanf(words, "%255s", first) == 1) {
            failure = address_read(first, 53, &where) ? EINVAL : service_upstream(&where);
        } else if (strcmp(word, "add") == 0 && sscanf(words, "%255s", container) == 1) {
            names_remove(container);
            service_remove(container);
        } else if (strcmp(word, "name") == 0 && sscanf(words, "%255s", first) == 1 && container[0]) {
            failure = names_add(container, first, NULL) ? ENOMEM : 0;
        } else if (strcmp(word, "address") == 0 && sscanf(words, "%255s", first) == 1 && container[0]) {
            failure = address_read(first, 0, &where) ? EINVAL : names_add(container, NULL, &where) ? ENOMEM : 0;
        } else if (strcmp(word, "forward") == 0 && container[0] &&
                   sscanf(words, "%63s %255s %u %255s %u", third, second, &port, fourth, &target_port) == 5) {
            failure = address_read(second, port, &where) || address_read(fourth, target_port, &target)
                          ? EINVAL
                          : service_forward(container, &where, &target, strcmp(third, "udp") == 0);
        } else if (strcmp(word, "remove") == 0 && sscanf(words, "%255s", first) == 1) {
            names_remove(first);
            service_remove(first);
        } else {
            failure = EINVAL;
        }
        if (failure) {
            snprintf(answer, capacity, "error %d %s: %.200s", failure, line, strerror(failure));
            return 0;
        }
    }
    return 0;
}

static int failed(const char *what, int number) {
    fprintf(stderr, "tare-net: cannot %s: %s\n", what, strerror(number));
    return 1;
}

int main(int count, char **words) {
    if (count != 3) {
        fprintf(stderr, "usage: tare-net FOLDER NETWORK\n");
        return 64;
    }
    if (chdir(words[1]) != 0) return failed("enter the folder", errno);
    struct sockaddr_un own = {.sun_family = AF_UNIX};
    if (snprintf(socket_name, sizeof socket_name, "%s.sock", words[2]) >= (int)sizeof socket_name) {
        return failed("use the name", ENAMETOOLONG);
    }
    memcpy(own.sun_path, socket_name, sizeof socket_name);
    umask(077);
    int control = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (control < 0) return failed("make the control socket", errno);
    // One that was killed has left its socket; its starter holds the store's lock, so nobody else is starting one.
    unlink(socket_name);
    if (bind(control, (struct sockaddr *)&own, sizeof own) != 0 || listen(control, 16) != 0) {
        return failed("bind the control socket", errno);
    }
    int failure = service_start(control);
    if (failure) return failed("start", failure);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    pid_t child = fork();
    if (child < 0) return failed("go to the background", errno);
    if (child > 0) return 0;
    setsid();
    if (!freopen("/dev/null", "r", stdin) || !freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr)) {
        return 1;
    }
    service_run(command);
    unlink(socket_name);
    return 0;
}
