// Text and time without stdio, which would be most of this program's memory.
#include "shim.h"
#include <string.h>
#include <time.h>

void text_add(struct text *text, const char *words) {
    size_t count = strlen(words), room = text->capacity - text->count;
    if (count > room) count = room;
    memcpy(text->bytes + text->count, words, count);
    text->count += count;
}

void text_padded(struct text *text, uint64_t number, int digits) {
    char reversed[24];
    int count = 0;
    do {
        reversed[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number || count < digits);
    while (count && text->count < text->capacity) text->bytes[text->count++] = reversed[--count];
}

void text_number(struct text *text, uint64_t number) { text_padded(text, number, 1); }

bool number_of(const char *words, uint64_t *number) {
    if (!*words) return false;
    *number = 0;
    for (; *words; words++) {
        if (*words < '0' || *words > '9' || *number > UINT64_MAX / 10 - 1) return false;
        *number = *number * 10 + (uint64_t)(*words - '0');
    }
    return true;
}

uint64_t nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void text_wall_time(struct text *text, uint64_t wall_ns) {
    // Days to a date by eras of 400 years from 1 March (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    uint64_t seconds = wall_ns / 1000000000u, rest = seconds % 86400, days = seconds / 86400 + 719468;
    uint64_t era = days / 146097, day = days % 146097;
    uint64_t year_of_era = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    uint64_t of_year = day - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    uint64_t shifted = (5 * of_year + 2) / 153, month = shifted < 10 ? shifted + 3 : shifted - 9;
    text_padded(text, year_of_era + era * 400 + (month <= 2), 4);
    text_add(text, "-");
    text_padded(text, month, 2);
    text_add(text, "-");
    text_padded(text, of_year - (153 * shifted + 2) / 5 + 1, 2);
    text_add(text, "T");
    text_padded(text, rest / 3600, 2);
    text_add(text, ":");
    text_padded(text, rest / 60 % 60, 2);
    text_add(text, ":");
    text_padded(text, rest % 60, 2);
    text_add(text, ".");
    text_padded(text, wall_ns % 1000000000u, 9);
    text_add(text, "Z");
}
