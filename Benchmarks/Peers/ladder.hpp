// A ladder queue as its paper has it (Tang, Goh and Thng 2005, "Ladder queue: an O(1) priority queue structure for
// large-scale discrete event simulation"): an unsorted top, up to eight rungs of buckets, a sorted bottom.
#pragma once
#include "common.hpp"
#include <cstddef>

class Ladder {
    // A bucket with more keys than this becomes a rung of its own.
    static constexpr size_t threshold = 50;
    static constexpr int most_rungs = 8;

    struct Rung {
        uint64_t start = 0, width = 1;
        // The first bucket that has not been taken.
        size_t next = 0, buckets = 0, count = 0;
        std::vector<std::vector<Key>> bucket;

        uint64_t current() const { return start + next * width; }

        // Lays `wanted` buckets over what `first` to `last` need; buckets keep their memory from use to use.
        void lay(uint64_t first, uint64_t last, size_t wanted) {
            start = first;
            width = (last - first) / wanted + 1;
            next = count = 0;
            buckets = size_t((last - first) / width) + 1;
            if (bucket.size() < buckets) bucket.resize(buckets);
        }
        inline void put(Key key) {
            bucket[size_t((high(key) - start) / width)].push_back(key);
            count++;
        }
    };

    std::vector<Key> top, bottom, scratch;
    // Keys from here on go to the top.
    uint64_t top_start = 0, least = UINT64_MAX, greatest = 0;
    Rung rungs[most_rungs];
    int depth = 0;

    // The bottom has its least key at the end.
    void settle(std::vector<Key> &keys) {
        std::sort(keys.begin(), keys.end(), std::greater<Key>());
        bottom.swap(keys);
        keys.clear();
    }

    void refill() {
        for (;;) {
            if (depth == 0) {
                if (top.empty()) return;
                Rung &first = rungs[0];
                first.lay(least, greatest, top.size());
                for (const Key key : top) first.put(key);
                top.clear();
                top_start = first.start + first.buckets * first.width;
                least = UINT64_MAX;
                greatest = 0;
                depth = 1;
            }
            Rung &lowest = rungs[depth - 1];
            if (lowest.count == 0) {
                depth--;
                continue;
            }
            while (lowest.bucket[lowest.next].empty()) lowest.next++;
            std::vector<Key> &keys = lowest.bucket[lowest.next];
            const uint64_t from = lowest.current();
            lowest.count -= keys.size();
            lowest.next++;
            if (keys.size() > threshold && depth < most_rungs && lowest.width > 1) {
                Rung &finer = rungs[depth++];
                finer.lay(from, from + lowest.width - 1, keys.size());
                for (const Key key : keys) finer.put(key);
                keys.clear();
            } else {
                settle(keys);
                return;
            }
        }
    }

public:
    inline void push(Key key) {
        const uint64_t time = high(key);
        if (time >= top_start) {
            least = std::min(least, time);
            greatest = std::max(greatest, time);
            top.push_back(key);
            return;
        }
        for (int index = 0; index < depth; index++)
            if (time >= rungs[index].current()) {
                rungs[index].put(key);
                return;
            }
        size_t place = bottom.size();
        bottom.push_back(key);
        while (place > 0 && bottom[place - 1] < key) {
            bottom[place] = bottom[place - 1];
            place--;
        }
        bottom[place] = key;
        if (bottom.size() > threshold && depth < most_rungs && high(bottom.front()) > high(bottom.back())) {
            scratch.swap(bottom);
            const uint64_t end = depth ? rungs[depth - 1].current() : top_start;
            Rung &finer = rungs[depth++];
            finer.lay(high(scratch.back()), end - 1, scratch.size());
            for (const Key moved : scratch) finer.put(moved);
            scratch.clear();
            refill();
        }
    }

    // The least key; the queue is not empty.
    inline Key pop() {
        if (bottom.empty()) refill();
        const Key key = bottom.back();
        bottom.pop_back();
        return key;
    }
};
