// HTTP by libcurl, for Swift, which cannot call variadic functions.
//
// libcurl and its twenty libraries are loaded when the first transfer needs them, not when the program starts: a verb
// that transfers nothing does not pay for it, and a machine without libcurl can do everything else.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// What one exchange sends and where what comes back goes. All text is borrowed for the call.
struct tare_http_request {
    const char *method;
    const char *url;
    /// `Name: value` each, ended by a null pointer.
    const char *const *headers;
    /// Bytes that `read` will give, or -1 where nothing is sent.
    int64_t body_length;
    /// Gives at most `room` bytes of the body; 0 is its end, -1 stops the transfer.
    int64_t (*read)(void *context, char *to, size_t room);
    /// Gets each header line, and each status line, without its line end; not 0 stops the transfer.
    int (*header)(void *context, const char *line, size_t length);
    /// Gets the body; not 0 stops the transfer.
    int (*write)(void *context, const char *bytes, size_t length);
    /// Asked about once a second: not 0 stops the transfer.
    int (*stopped)(void *context);
    void *context;
    /// A file of certificates to trust instead of the system's, or null.
    const char *certificates;
    /// Not 0: a server's certificate is not checked.
    int insecure;
    /// Not 0: redirects are followed, without credentials to other hosts.
    int follow;
    /// Seconds until a connection must stand.
    long connect_seconds;
    /// Seconds without a byte after which the transfer has failed.
    long stall_seconds;
};

/// How an exchange ended.
enum tare_http_end {
    tare_http_done = 0,
    /// libcurl is not there.
    tare_http_missing = 1,
    /// The transfer broke off or never began; another try may help.
    tare_http_broken = 2,
    /// Another try will not help: a bad address, an untrusted certificate.
    tare_http_refused = 3,
    /// A callback stopped it.
    tare_http_stopped = 4,
};

/// A connection that is kept and used again by one thread at a time; null where libcurl is not there.
void *tare_http_open(void);
void tare_http_close(void *connection);

/// One exchange. Blocks until it has ended.
///
/// `message` gets libcurl's own words; it has room for 256 bytes.
enum tare_http_end tare_http_exchange(void *connection, const struct tare_http_request *request, char *message);
