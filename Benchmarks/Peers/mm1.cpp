// One server at a load of 0.9: a heap of pending events and a std::deque of waiting customers.
#include "common.hpp"
#include <deque>

int main(int count, char **words) {
    long long left = (long long)option(count, words, "--customers", 5e6);
    Random random(uint64_t(option(count, words, "--seed", 1)));
    enum { arrive, depart };
    Heap heap(64);
    std::deque<int64_t> waiting;
    uint64_t sequence = 0;
    long long events = 0;
    int64_t now = 0;
    bool busy = false;
    const double start = cpu_clock();
    heap.push(key(0, order_and(++sequence, arrive)));
    while (heap.count) {
        const Key top = heap.keys[0];
        heap.pop();
        now = int64_t(high(top));
        events++;
        if (payload(top) == arrive) {
            if (--left > 0)
                heap.push(key(uint64_t(now + nanoseconds(random.exponential() * (1 / 0.9))), order_and(++sequence, arrive)));
            const int64_t service = nanoseconds(random.exponential());
            if (busy) {
                waiting.push_back(service);
            } else {
                busy = true;
                heap.push(key(uint64_t(now + service), order_and(++sequence, depart)));
            }
        } else if (waiting.empty()) {
            busy = false;
        } else {
            heap.push(key(uint64_t(now + waiting.front()), order_and(++sequence, depart)));
            waiting.pop_front();
        }
    }
    const double cpu = cpu_clock() - start;
    show("mm1", events, cpu, now);
}
