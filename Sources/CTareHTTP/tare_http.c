#include "tare_http.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static CURLcode (*global_init)(long);
static CURL *(*easy_init)(void);
static void (*easy_cleanup)(CURL *);
static void (*easy_reset)(CURL *);
static CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
static CURLcode (*easy_perform)(CURL *);
static const char *(*easy_strerror)(CURLcode);
static struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
static void (*slist_free_all)(struct curl_slist *);

static int ready;

static void load(void) {
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
    // POSIX lets a data pointer from dlsym be used as a function's; ISO C has no way to write it but through a copy.
#define FIND(name) \
    do { \
        void *found = dlsym(library, "curl_" #name); \
        if (!found) return; \
        memcpy(&name, &found, sizeof found); \
    } while (0)
    FIND(global_init);
    FIND(easy_init);
    FIND(easy_cleanup);
    FIND(easy_reset);
    FIND(easy_setopt);
    FIND(easy_perform);
    FIND(easy_strerror);
    FIND(slist_append);
    FIND(slist_free_all);
#undef FIND
    ready = global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

void *tare_http_open(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return ready ? easy_init() : NULL;
}

void tare_http_close(void *connection) {
    if (connection) easy_cleanup(connection);
}

static size_t on_read(char *to, size_t size, size_t count, void *context) {
    const struct tare_http_request *request = context;
    int64_t given = request->read(request->context, to, size * count);
    return given < 0 ? CURL_READFUNC_ABORT : (size_t)given;
}

static size_t on_write(char *bytes, size_t size, size_t count, void *context) {
    const struct tare_http_request *request = context;
    return request->write(request->context, bytes, size * count) ? 0 : size * count;
}

static size_t on_header(char *line, size_t size, size_t count, void *context) {
    const struct tare_http_request *request = context;
    size_t length = size * count;
    while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r')) length--;
    return request->header(request->context, line, length) ? 0 : size * count;
}

static int on_progress(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    (void)a, (void)b, (void)c, (void)d;
    const struct tare_http_request *request = context;
    return request->stopped(request->context);
}

static enum tare_http_end meaning(CURLcode code) {
    switch (code) {
    case CURLE_OK:
        return tare_http_done;
    case CURLE_WRITE_ERROR:
    case CURLE_ABORTED_BY_CALLBACK:
        return tare_http_stopped;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_TOO_MANY_REDIRECTS:
    case CURLE_COULDNT_RESOLVE_HOST:
        return tare_http_refused;
    default:
        return tare_http_broken;
    }
}

enum tare_http_end tare_http_exchange(void *connection, const struct tare_http_request *request, char *message) {
    if (!connection) {
        snprintf(message, 256, "libcurl.so.4 is not there");
        return tare_http_missing;
    }
    CURL *curl = connection;
    easy_reset(curl);
    message[0] = 0;
    struct curl_slist *headers = NULL;
    for (const char *const *line = request->headers; line && *line; line++) headers = slist_append(headers, *line);
    // Without this an upload waits a second for servers that do not answer "100 Continue".
    headers = slist_append(headers, "Expect:");
    easy_setopt(curl, CURLOPT_ERRORBUFFER, message);
    easy_setopt(curl, CURLOPT_URL, request->url);
    easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    easy_setopt(curl, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
    easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, request->connect_seconds);
    easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, request->stall_seconds);
    easy_setopt(curl, CURLOPT_FOLLOWLOCATION, request->follow ? 1L : 0L);
    easy_setopt(curl, CURLOPT_MAXREDIRS, 5L);
    easy_setopt(curl, CURLOPT_BUFFERSIZE, 256L * 1024);
    easy_setopt(curl, CURLOPT_UPLOAD_BUFFERSIZE, 256L * 1024);
    if (request->certificates) easy_setopt(curl, CURLOPT_CAINFO, request->certificates);
    if (request->insecure) {
        easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
        easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_write);
    easy_setopt(curl, CURLOPT_WRITEDATA, request);
    easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    easy_setopt(curl, CURLOPT_HEADERDATA, request);
    easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    easy_setopt(curl, CURLOPT_XFERINFODATA, request);
    easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    if (strcmp(request->method, "HEAD") == 0) {
        easy_setopt(curl, CURLOPT_NOBODY, 1L);
    } else if (request->body_length >= 0) {
        easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
        easy_setopt(curl, CURLOPT_READDATA, request);
        easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)request->body_length);
    }
    easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
    CURLcode code = easy_perform(curl);
    if (code != CURLE_OK && !message[0]) snprintf(message, 256, "%s", easy_strerror(code));
    slist_free_all(headers);
    return meaning(code);
}
