// The hold model: a 4-ary heap with prefetch and replace-top, or std::priority_queue (--queue 0 or 1).
#include "common.hpp"
#include <queue>

int main(int count, char **words) {
    const size_t pending = size_t(option(count, words, "--pending", 1000));
    const long long events = (long long)option(count, words, "--events", 5e6);
    const bool standard = option(count, words, "--queue", 0) > 0;
    Random random(uint64_t(option(count, words, "--seed", 1)));
    uint64_t sequence = 0;
    int64_t now = 0;
    double cpu;
    if (standard) {
        std::priority_queue<Key, std::vector<Key>, std::greater<Key>> queue;
        for (size_t event = 0; event < pending; event++)
            queue.push(key(uint64_t(nanoseconds(random.exponential())), order_and(++sequence, event)));
        const double start = cpu_clock();
        for (long long left = events; left > 0; left--) {
            const Key top = queue.top();
            queue.pop();
            now = int64_t(high(top));
            queue.push(key(uint64_t(now + nanoseconds(random.exponential())), order_and(++sequence, payload(top))));
        }
        cpu = cpu_clock() - start;
    } else {
        Heap heap(pending + 1);
        for (size_t event = 0; event < pending; event++)
            heap.push(key(uint64_t(nanoseconds(random.exponential())), order_and(++sequence, event)));
        const double start = cpu_clock();
        for (long long left = events; left > 0; left--) {
            const Key top = heap.keys[0];
            now = int64_t(high(top));
            heap.replace_top(
                key(uint64_t(now + nanoseconds(random.exponential())), order_and(++sequence, payload(top))));
        }
        cpu = cpu_clock() - start;
    }
    show(standard ? "hold, std::priority_queue" : "hold, 4-ary heap", events, cpu, now);
}
