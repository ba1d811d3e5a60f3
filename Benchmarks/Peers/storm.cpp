// The boot storm: processor sharing in virtual time and a first-come-first-served disk, each on a heap of its own; the
// next event is the earlier of the two. No general scheduler: the least that the work needs.
#include "common.hpp"
#include <deque>

static const int phases = 12;

int main(int count, char **words) {
    const size_t instances = size_t(option(count, words, "--instances", 1000));
    const double cores = option(count, words, "--cores", 96);
    const size_t channels = size_t(option(count, words, "--channels", 64));
    const char *path = nullptr;
    for (int index = 1; index + 1 < count; index++)
        if (!std::strcmp(words[index], "--demands")) path = words[index + 1];
    std::vector<double> demands(instances * phases);
    if (path) {
        std::FILE *file = std::fopen(path, "r");
        if (!file) return 1;
        for (double &demand : demands)
            if (std::fscanf(file, "%lf%*[,]", &demand) < 1) return 1;
        std::fclose(file);
    } else {
        Random random(uint64_t(option(count, words, "--seed", 1)));
        for (size_t index = 0; index < demands.size(); index++)
            demands[index] = random.exponential() * (index % 2 == 0 ? 0.15 : 0.1);
    }
    const double start = cpu_clock();
    std::vector<uint8_t> phase(instances, 0);
    Heap processors(instances + 1), disk(channels + 1);
    std::deque<std::pair<uint32_t, int64_t>> waiting;
    uint64_t sequence = 0;
    long long ended = 0;
    double served = 0;
    int64_t now = 0, last = 0;
    auto demand = [&](uint32_t instance) { return demands[size_t(instance) * phases + phase[instance]]; };
    auto compute = [&](uint32_t instance) {
        const double tag = served + demand(instance) * 1e9;
        uint64_t bits;
        std::memcpy(&bits, &tag, 8);
        processors.push(key(bits, order_and(++sequence, instance)));
    };
    auto rate = [&] { return std::min(1.0, cores / double(processors.count)); };
    auto tag = [](Key key) {
        const uint64_t bits = high(key);
        double value;
        std::memcpy(&value, &bits, 8);
        return value;
    };
    auto move = [&](int64_t to) {
        if (to > now && processors.count) served += double(to - now) * rate();
        now = to;
    };
    for (size_t instance = 0; instance < instances; instance++) compute(uint32_t(instance));
    for (;;) {
        int64_t computed = INT64_MAX;
        if (processors.count)
            computed = now + int64_t(std::ceil(std::max(0.0, tag(processors.keys[0]) - served) / rate()));
        const int64_t read = disk.count ? int64_t(high(disk.keys[0])) : INT64_MAX;
        if (computed == INT64_MAX && read == INT64_MAX) break;
        if (computed <= read) {
            move(computed);
            while (processors.count && tag(processors.keys[0]) - served <= 0.5 * rate()) {
                const uint32_t instance = payload(processors.keys[0]);
                processors.pop();
                phase[instance]++;
                ended++;
                const int64_t service = nanoseconds(demand(instance));
                if (disk.count < channels)
                    disk.push(key(uint64_t(now + service), order_and(++sequence, instance)));
                else
                    waiting.emplace_back(instance, service);
            }
            if (!processors.count) served = 0;
        } else {
            move(read);
            const uint32_t instance = payload(disk.keys[0]);
            if (waiting.empty()) {
                disk.pop();
            } else {
                disk.replace_top(
                    key(uint64_t(now + waiting.front().second), order_and(++sequence, waiting.front().first)));
                waiting.pop_front();
            }
            phase[instance]++;
            ended++;
            if (phase[instance] < phases) compute(instance);
        }
        last = now;
    }
    const double cpu = cpu_clock() - start;
    show("storm", ended, cpu, last);
}
