// tare-shim: one container's supervisor. See main.c for what it is and Docs/Runtime.md for its files.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { shim_hides = 4, shim_clients = 8, shim_frame = 32 * 1024, shim_line = 16 * 1024 };

/// What the command line asks for.
struct shim_options {
    const char *folder;              // where the files of this process are; the working folder afterwards
    const char *mark;                // the name of the mark that is made when the runtime's command has succeeded
    const char *hides[shim_hides];   // mounts that the runtime must not see
    int hide_count;
    uint64_t requested_boot_ns;      // when the user asked, on CLOCK_BOOTTIME; 0 where nobody said
    uint64_t requested_mono_ns;      // the same moment on CLOCK_MONOTONIC
    uint64_t log_size;               // bytes after which the log is rotated; 0 never
    int log_files;                   // how many log files are kept, the current one counted
    bool log;                        // keep a log at all
    bool tty;
    bool input;                      // the container has a standard input that clients may write to
    bool wait_for_client;            // run nothing before a client has connected, so that it misses no byte
    char **command;                  // the runtime and its arguments, ended by a null
    char **exit_command;             // becomes this at the end, or null
    char **tick_command;             // is started again and again meanwhile, or null
    int tick_words;                  // how many words it has
    uint64_t tick_ms;                // milliseconds between its end, or the start, and its next start
};

/// Text that grows in a fixed buffer; what does not fit is cut.
struct text {
    char *bytes;
    size_t count, capacity;
};

void text_add(struct text *text, const char *words);
void text_number(struct text *text, uint64_t number);
void text_padded(struct text *text, uint64_t number, int digits);
bool number_of(const char *words, uint64_t *number);

uint64_t nanoseconds(clockid_t clock);
/// Adds the wall's time as RFC 3339 in UTC with nanoseconds.
void text_wall_time(struct text *text, uint64_t wall_ns);

/// Adds one line to `marks`: name, CLOCK_BOOTTIME, CLOCK_MONOTONIC, both in nanoseconds.
void mark_at(const char *name, uint64_t boot_ns, uint64_t mono_ns);
void mark_now(const char *name);
/// Writes `exit` beside, renames it, and has it brought to the disk.
bool write_exit(pid_t pid, int wait_status, bool by_runtime);
/// The number in a file, or 0.
pid_t pid_in(const char *path);

/// The log of both streams, in the json-file format.
struct log {
    int file;
    uint64_t size, limit;
    int files;
};

/// Lines are put together here until their end comes, or the buffer is full.
struct line {
    const char *stream;
    size_t count;
    char bytes[shim_line];
};

bool log_open(struct log *log, uint64_t limit, int files);
void log_add(struct log *log, struct line *line, const char *bytes, size_t count);
void log_finish(struct log *log, struct line *line);

/// The clients of the attach socket and what they have sent for the container's standard input.
struct attach {
    int listener;
    int clients[shim_clients];
    int input;                       // the container's standard input, or its terminal; -1 closed
    bool input_is_terminal;
    bool close_when_written;
    size_t waiting, written;         // bytes in `frame` that go to the input next
    char frame[shim_frame + 1];
    char out[shim_frame + 1];
};

bool attach_open(struct attach *attach);
void attach_accept(struct attach *attach);
void attach_send(struct attach *attach, char kind, const char *bytes, size_t count);
/// Takes one message of a client; false where the client is gone.
bool attach_receive(struct attach *attach, int client);
/// Writes on what is waiting for the input.
void attach_write(struct attach *attach);
bool attach_has_client(const struct attach *attach);

/// The socket to which the runtime sends the terminal of the container.
int console_listen(void);
int console_receive(int listener);

/// In a private mount namespace, takes the named mounts away. Returns 0 or an errno.
int hide_mounts(const char *const *paths, int count);
/// Starts the runtime's command; never returns in the child.
pid_t start_command(const struct shim_options *options, int in, int out, int error);
extern char *clean_environment[];

/// From now on the tick's time runs.
void tick_begin(const struct shim_options *options);
/// Milliseconds until the next tick, 0 where it is due; -1 where none is to come.
int tick_wait(const struct shim_options *options);
/// Starts the tick's command where it is due.
void tick_start(const struct shim_options *options);
/// Says that a child has ended; where it was the tick, the time until the next one begins.
void tick_ended(const struct shim_options *options, pid_t child);

/// What a container's first process does where it is this program.
int init_main(char **words);

int supervise(const struct shim_options *options, int report);
