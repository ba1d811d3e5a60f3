// The log: one JSON object a line, {"log":"text\n","stream":"stdout","time":"..."}, as docker's json-file driver has it.
#include "shim.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

// Escaped, a byte has at most six letters; the rest of a record is shorter than 128.
static char record[shim_line * 6 + 128];

bool log_open(struct log *log, uint64_t limit, int files) {
    log->limit = limit;
    log->files = files < 1 ? 1 : files;
    log->file = open("log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    if (log->file < 0) return false;
    struct stat facts;
    log->size = fstat(log->file, &facts) ? 0 : (uint64_t)facts.st_size;
    return true;
}

static void name_of(char *bytes, int number) {
    struct text text = { bytes, 0, 15 };
    text_add(&text, "log.");
    text_number(&text, (uint64_t)number);
    bytes[text.count] = 0;
}

/// log.1 becomes log.2 and so on, log becomes log.1; the oldest is lost. With one file it is emptied.
static void rotate(struct log *log) {
    char from[16], to[16];
    close(log->file);
    for (int number = log->files - 1; number > 1; number--) {
        name_of(from, number - 1);
        name_of(to, number);
        rename(from, to);
    }
    if (log->files > 1) rename("log", "log.1");
    log->file = open("log", O_WRONLY | O_CREAT | O_APPEND | O_TRUNC | O_CLOEXEC, 0640);
    log->size = 0;
}

/// The length of the UTF-8 sequence at `bytes`, 0 where it is none, -1 where it is cut off by the end.
static int sequence(const unsigned char *bytes, size_t count) {
    unsigned char first = bytes[0];
    if (first < 0x80) return 1;
    int length = first >= 0xc2 && first < 0xe0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    if (!length) return 0;
    for (int at = 1; at < length; at++) {
        if ((size_t)at >= count) return -1;
        if ((bytes[at] & 0xc0) != 0x80) return 0;
    }
    // Overlong forms, surrogates and what is above U+10FFFF are no UTF-8.
    if (first == 0xe0 && bytes[1] < 0xa0) return 0;
    if (first == 0xed && bytes[1] > 0x9f) return 0;
    if (first == 0xf0 && bytes[1] < 0x90) return 0;
    if (first == 0xf4 && bytes[1] > 0x8f) return 0;
    return length;
}

static void escape(struct text *text, const char *bytes, size_t count) {
    static const char digits[] = "0123456789abcdef";
    const unsigned char *all = (const unsigned char *)bytes;
    for (size_t at = 0; at < count;) {
        unsigned char byte = all[at];
        int length = sequence(all + at, count - at);
        if (length <= 0) {
            text_add(text, "\\ufffd");
            at++;
        } else if (length > 1 || (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f)) {
            for (int i = 0; i < length && text->count < text->capacity; i++) text->bytes[text->count++] = bytes[at++];
        } else {
            char code[7] = { '\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15], 0 };
            const char *known = byte == '\n' ? "\\n" : byte == '\r' ? "\\r" : byte == '\t' ? "\\t"
                : byte == '"' ? "\\\"" : byte == '\\' ? "\\\\" : code;
            text_add(text, known);
            at++;
        }
    }
}

static void emit(struct log *log, const char *stream, const char *bytes, size_t count) {
    if (log->file < 0 || !count) return;
    struct text text = { record, 0, sizeof record };
    text_add(&text, "{\"log\":\"");
    escape(&text, bytes, count);
    text_add(&text, "\",\"stream\":\"");
    text_add(&text, stream);
    text_add(&text, "\",\"time\":\"");
    text_wall_time(&text, nanoseconds(CLOCK_REALTIME));
    text_add(&text, "\"}\n");
    if (log->limit && log->size && log->size + text.count > log->limit) rotate(log);
    for (size_t done = 0; done < text.count;) {
        ssize_t part = write(log->file, record + done, text.count - done);
        // A full disk loses lines, never the container.
        if (part <= 0) break;
        done += (size_t)part;
    }
    log->size += text.count;
}

void log_add(struct log *log, struct line *line, const char *bytes, size_t count) {
    while (count) {
        const char *end = memchr(bytes, '\n', count);
        size_t take = end ? (size_t)(end - bytes) + 1 : count, room = sizeof line->bytes - line->count;
        bool whole = end && take <= room;
        if (take > room) take = room;
        if (whole && !line->count) {
            emit(log, line->stream, bytes, take);
        } else {
            memcpy(line->bytes + line->count, bytes, take);
            line->count += take;
            if (whole || line->count == sizeof line->bytes) {
                // A letter of several bytes is not cut in two: its first bytes wait for the rest.
                size_t keep = 0;
                for (size_t back = 1; !whole && back < 4; back++) {
                    if (sequence((unsigned char *)line->bytes + line->count - back, back) == -1) keep = back;
                }
                emit(log, line->stream, line->bytes, line->count - keep);
                memmove(line->bytes, line->bytes + line->count - keep, keep);
                line->count = keep;
            }
        }
        bytes += take;
        count -= take;
    }
}

void log_finish(struct log *log, struct line *line) {
    emit(log, line->stream, line->bytes, line->count);
    line->count = 0;
}
