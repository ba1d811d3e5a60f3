// What the C++ peers share: the random numbers and the ziggurat tables of Tare, so that both sides draw the same delays,
// and a 4-ary heap with prefetch.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <time.h>
#include <utility>
#include <vector>
extern "C" {
extern const double tare_exponential_edges[];
extern const double tare_exponential_heights[];
}

static inline uint64_t mix(uint64_t value) {
    uint64_t bits = value + 0x9e3779b97f4a7c15u;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;
    return bits ^ (bits >> 31);
}

struct Random {
    uint64_t low, high;
    explicit Random(uint64_t seed) {
        low = mix(seed);
        high = mix(low);
        if (!(low | high)) high = 1;
    }
    inline uint64_t next() {
        const uint64_t first = low;
        uint64_t second = high;
        const uint64_t sum = first + second;
        const uint64_t result = (sum << 17 | sum >> 47) + first;
        second ^= first;
        low = (first << 49 | first >> 15) ^ second ^ (second << 21);
        high = second << 28 | second >> 36;
        return result;
    }
    inline double uniform() { return double(int64_t(next() >> 11)) * 0x1p-53; }
    inline double exponential() {
        const uint64_t bits = next();
        const unsigned layer = bits & 255;
        const double value = double(int64_t(bits >> 11)) * 0x1p-53 * tare_exponential_edges[layer];
        if (__builtin_expect(value < tare_exponential_edges[layer + 1], 1)) return value;
        return edge(layer, value);
    }
    __attribute__((noinline)) double edge(unsigned layer, double value) {
        double shift = 0;
        for (;;) {
            if (value < tare_exponential_edges[layer + 1]) return shift + value;
            if (layer == 0) {
                shift += tare_exponential_edges[1];
            } else {
                const double low = tare_exponential_heights[layer], high = tare_exponential_heights[layer + 1];
                if (low + uniform() * (high - low) < std::exp(-value)) return shift + value;
            }
            const uint64_t bits = next();
            layer = bits & 255;
            value = double(int64_t(bits >> 11)) * 0x1p-53 * tare_exponential_edges[layer];
        }
    }
};

static inline int64_t nanoseconds(double seconds) { return int64_t(seconds * 1e9 + 0.5); }

static inline double cpu_clock() {
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

static inline void show(const char *name, long long events, double cpu, int64_t last) {
    std::printf(
        "{\"benchmark\": \"%s\", \"events\": %lld, \"cpu_seconds\": %.9f, \"events_per_second\": %.1f, "
        "\"last_time\": %lld.%09lld}\n",
        name, events, cpu, double(events) / cpu, (long long)(last / 1000000000), (long long)(last % 1000000000));
}

static inline double option(int count, char **words, const char *name, double otherwise) {
    for (int index = 1; index + 1 < count; index++)
        if (!std::strcmp(words[index], name)) return std::atof(words[index + 1]);
    return otherwise;
}

// A key in 16 bytes: the time (or the bits of a tag that is not negative), then a sequence number with a payload below.
typedef unsigned __int128 Key;
static inline Key key(uint64_t high, uint64_t low) { return Key(high) << 64 | low; }
static inline uint64_t high(Key key) { return uint64_t(key >> 64); }
static inline uint64_t low(Key key) { return uint64_t(key); }
static inline uint64_t order_and(uint64_t sequence, uint64_t payload) { return sequence << 24 | payload; }
static inline uint32_t payload(Key key) { return uint32_t(low(key) & 0xffffff); }

// An implicit 4-ary heap whose groups of children start on a cache line.
struct Heap {
    Key *keys = nullptr;
    size_t count = 0, capacity = 0;
    explicit Heap(size_t wanted) : capacity(wanted + 8) {
        keys = static_cast<Key *>(std::aligned_alloc(64, (capacity + 4 + 3) / 4 * 64)) + 3;
    }
    ~Heap() { std::free(keys - 3); }
    void grow() {
        Heap wider(capacity * 2);
        std::memcpy(wider.keys, keys, count * sizeof(Key));
        std::swap(keys, wider.keys);
        capacity = wider.capacity;
    }
    inline void push(Key key) {
        if (count + 1 > capacity - 4) grow();
        size_t hole = count++;
        while (hole > 0) {
            const size_t parent = (hole - 1) >> 2;
            if (keys[parent] < key) break;
            keys[hole] = keys[parent];
            hole = parent;
        }
        keys[hole] = key;
    }
    // The root goes and `key` comes in its place.
    inline void replace_top(Key key) {
        size_t hole = 0;
        for (;;) {
            const size_t base = 4 * hole + 1;
            if (base >= count) break;
            const size_t grand = 4 * base + 1;
            if (grand < count) {
                __builtin_prefetch(keys + grand);
                __builtin_prefetch(keys + grand + 4);
                __builtin_prefetch(keys + grand + 8);
                __builtin_prefetch(keys + grand + 12);
            }
            size_t least = base;
            if (base + 4 <= count) {
                const size_t left = keys[base + 1] < keys[base] ? base + 1 : base;
                const size_t right = keys[base + 3] < keys[base + 2] ? base + 3 : base + 2;
                least = keys[right] < keys[left] ? right : left;
            } else {
                for (size_t child = base + 1; child < count; child++)
                    if (keys[child] < keys[least]) least = child;
            }
            if (key < keys[least]) break;
            keys[hole] = keys[least];
            hole = least;
        }
        keys[hole] = key;
    }
    inline void pop() {
        const Key last = keys[--count];
        if (count) replace_top(last);
    }
};
