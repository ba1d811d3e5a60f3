// The hold model: a 4-ary heap with prefetch and replace-top, std::priority_queue, or a ladder queue (--queue 0, 1, 2).
#include "ladder.hpp"
#include <queue>

int main(int count, char **words) {
    const size_t pending = size_t(option(count, words, "--pending", 1000));
    const long long events = (long long)option(count, words, "--events", 5e6);
    const int kind = int(option(count, words, "--queue", 0));
    Random random(uint64_t(option(count, words, "--seed", 1)));
    uint64_t sequence = 0;
    int64_t now = 0;
    double cpu;
    if (kind == 1) {
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
    } else if (kind == 2) {
        Ladder queue;
        for (size_t event = 0; event < pending; event++)
            queue.push(key(uint64_t(nanoseconds(random.exponential())), order_and(++sequence, event)));
        const double start = cpu_clock();
        for (long long left = events; left > 0; left--) {
            const Key top = queue.pop();
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
    const char *names[] = {"hold, 4-ary heap", "hold, std::priority_queue", "hold, ladder"};
    show(names[kind], events, cpu, now);
}
