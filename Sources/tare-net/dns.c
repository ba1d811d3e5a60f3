#include "dns.h"

#include <string.h>

#include "names.h"

enum { header_bytes = 12, type_a = 1, type_aaaa = 28, class_internet = 1, most_answers = 24 };

// Seconds that an answer may be kept: a container's address changes when it is made again.
static const uint8_t lifetime[4] = {0, 0, 0, 5};

static unsigned number(const uint8_t *bytes) { return (unsigned)bytes[0] << 8 | bytes[1]; }

/// Reads the one question's name as text. Returns the offset behind it, or 0 where it is not well-formed.
static size_t read_name(const uint8_t *message, size_t length, char *name, size_t capacity) {
    size_t at = header_bytes, used = 0;
    for (;;) {
        if (at >= length) return 0;
        unsigned label = message[at++];
        if (label == 0) break;
        // A question has nothing before it that a compressed label could point to.
        if (label > 63 || at + label > length || used + label + 2 > capacity) return 0;
        if (used > 0) name[used++] = '.';
        for (unsigned step = 0; step < label; step++) {
            if (message[at + step] == 0) return 0;
            name[used++] = (char)message[at + step];
        }
        at += label;
    }
    name[used] = 0;
    return at + 4 <= length ? at : 0;
}

/// Header and question of an answer. Returns their length, or 0 where they do not fit.
static size_t begin(const uint8_t *question, size_t end, int code, uint8_t *answer, size_t capacity) {
    if (end > capacity) return 0;
    memcpy(answer, question, end);
    // Answer, with what was asked about recursion; recursion is available.
    answer[2] = (uint8_t)(0x84 | (question[2] & 0x79));
    answer[3] = (uint8_t)(0x80 | code);
    answer[4] = 0;
    answer[5] = 1;
    memset(answer + 6, 0, 6);
    return end;
}

dns_step dns_answer(const uint8_t *question, size_t length, uint8_t *answer, size_t capacity, size_t *written) {
    char name[256];
    // A question and nothing else: not an answer, a plain query, one question.
    if (length < header_bytes || (question[2] & 0xf8) != 0 || number(question + 4) != 1) return DNS_DROP;
    size_t end = read_name(question, length, name, sizeof name);
    if (end == 0) return DNS_DROP;
    unsigned type = number(question + end), class = number(question + end + 2);
    end += 4;
    address found[most_answers];
    int count = names_find(name, type == type_aaaa ? AF_INET6 : AF_INET, found, most_answers);
    if (count < 0) return DNS_FORWARD;
    if (class != class_internet || (type != type_a && type != type_aaaa)) count = 0;
    size_t used = begin(question, end, 0, answer, capacity);
    if (used == 0) return DNS_DROP;
    int put = 0;
    for (int index = 0; index < count; index++) {
        uint8_t bytes = type == type_aaaa ? 16 : 4;
        if (used + 12 + bytes > capacity) break;
        const uint8_t head[4] = {0xc0, header_bytes, (uint8_t)(type >> 8), (uint8_t)type};
        memcpy(answer + used, head, 4);
        answer[used + 4] = 0;
        answer[used + 5] = class_internet;
        memcpy(answer + used + 6, lifetime, 4);
        answer[used + 10] = 0;
        answer[used + 11] = bytes;
        const void *value = bytes == 16 ? (const void *)&found[index].six.sin6_addr : &found[index].four.sin_addr;
        memcpy(answer + used + 12, value, bytes);
        used += 12u + bytes;
        put++;
    }
    answer[7] = (uint8_t)put;
    *written = used;
    return DNS_ANSWERED;
}

size_t dns_failure(const uint8_t *question, size_t length, int code, uint8_t *answer, size_t capacity) {
    char name[256];
    if (length < header_bytes) return 0;
    size_t end = read_name(question, length, name, sizeof name);
    return end == 0 ? 0 : begin(question, end + 4, code, answer, capacity);
}
