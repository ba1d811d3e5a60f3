import TareSimulation
import Testing

@Suite("Resources")
struct ResourceTests {
    @Test("a token bucket never gives more than its burst and its rate, and makes a reservation wait in turn")
    func bucket() {
        var bucket = TokenBucket(rate: 10, burst: 5)
        let start = SimTime.zero
        let first = bucket.take(5, at: start)
        let second = bucket.take(1, at: start)
        #expect(first && !second)
        #expect(bucket.delay(until: 1, at: start) == .seconds(0.1))
        #expect(bucket.delay(until: 6, at: start) == nil)
        #expect(bucket.level(at: SimTime(seconds: 100)) == 5)
        let granted = bucket.reserve(20, at: start)
        let behind = bucket.reserve(10, at: start)
        #expect(granted == SimTime(seconds: 2) && behind == SimTime(seconds: 3))
        bucket.setRate(20, at: start)
        #expect(bucket.delay(until: 0, at: start) == .seconds(1.5))
    }

    @Test("over any time a bucket spends at most its burst and its rate", arguments: 1...10)
    func conformance(seed: Int) {
        var random = RandomStream(seed: UInt64(seed))
        let rate = random.uniform(1, 100)
        let burst = random.uniform(1, 50)
        var bucket = TokenBucket(rate: rate, burst: burst)
        var now = SimTime.zero
        var spent = 0.0
        var refused = 0
        for _ in 0..<2_000 {
            now = now + .seconds(random.exponential(mean: 1 / rate))
            let count = random.uniform(0, min(burst, 3))
            if bucket.take(count, at: now) { spent += count } else { refused += 1 }
            #expect(spent <= burst + rate * now.seconds + 1e-3)
        }
        // Demand is above the rate, so nearly all of it is spent.
        #expect(refused > 100 || burst < 3)
        #expect(spent > 0.5 * rate * now.seconds)
    }

    @Test("transfers share a link's bandwidth and then take its latency")
    func link() {
        var link = SharedLink<Int32>(bandwidth: 100, latency: .milliseconds(50))
        link.send(1, bytes: 100, at: .zero)
        link.send(2, bytes: 100, at: .zero)
        link.send(3, bytes: 10, share: ShareClass(weight: 1, cap: 5), at: .zero)
        var arrived: [(job: Int32, time: SimTime)] = []
        while let next = link.nextCompletion {
            while let job = link.finished(at: next) { arrived.append((job, next)) }
        }
        #expect(arrived.map(\.job) == [3, 1, 2])
        // The third has 5 bytes a second for 2 seconds, the others 47.5 each, then 50 for the last 5 bytes.
        let times = arrived.map(\.time.seconds)
        #expect(abs((times.first ?? 0) - 2.05) < 1e-8)
        #expect(abs((times.last ?? 0) - 2.15) < 1e-8)
    }

    @Test("a lock is held by one and handed over in the order of asking")
    func lock() {
        var lock = FIFOLock<Int>()
        let got = (0..<100).map { lock.acquire($0) }
        #expect(got.filter { $0 }.count == 1 && lock.holder == 0 && lock.waiting == 99)
        for next in 1..<100 {
            let holder = lock.release()
            #expect(holder == next)
        }
        let nobody = lock.release()
        #expect(nobody == nil && lock.holder == nil)
    }

    @Test("a pool never gives more than it has, and a large request is not overtaken", arguments: 1...10)
    func pool(seed: Int) {
        var random = RandomStream(seed: UInt64(seed))
        var pool = MemoryPool<Int>(capacity: 1_000)
        var asked: [Int] = []
        var served: [Int] = []
        var sizes: [Int: Int64] = [:]
        var held: [Int] = []
        for job in 0..<500 {
            let bytes = Int64(1 + random.integer(below: 600))
            sizes[job] = bytes
            asked.append(job)
            if pool.request(job, bytes: bytes) {
                served.append(job)
                held.append(job)
            }
            if !held.isEmpty, random.chance(0.7) {
                let leaver = held.remove(at: random.integer(below: held.count))
                pool.release(sizes[leaver] ?? 0)
                while let next = pool.nextGranted() {
                    served.append(next)
                    held.append(next)
                }
            }
            let use = held.reduce(0) { $0 + (sizes[$1] ?? 0) }
            #expect(pool.used == use && use <= 1_000 && pool.peak >= use)
            #expect(served == Array(asked.prefix(served.count)))
            #expect(pool.waiting == asked.count - served.count)
        }
        #expect(served.count > 100)
    }
}
