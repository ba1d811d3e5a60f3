import TareSimulation
import Testing

@Suite("Scheduler")
struct SchedulerTests {
    @Test(
        "random scheduling and cancelling comes out as from a sorted list",
        arguments: [(seed: UInt64(1), horizon: 5), (2, 50), (3, 1_000), (4, 1_000_000)]
    )
    func oracle(seed: UInt64, horizon: Int) {
        var random = RandomStream(seed: seed)
        var scheduler = Scheduler<Int32>()
        var expected: [(time: Int64, number: Int32, token: EventToken)] = []
        var number: Int32 = 0
        var delivered = 0
        for _ in 0..<20_000 {
            let choice = random.integer(below: 10)
            if choice < 5 {
                let time = scheduler.now + .nanoseconds(Int64(random.integer(below: horizon)))
                let token = scheduler.schedule(number, at: time)
                // After all of the same time: numbers grow as the sequence does.
                let place = expected.firstIndex { $0.time > time.nanoseconds } ?? expected.count
                expected.insert((time.nanoseconds, number, token), at: place)
                number += 1
            } else if choice < 6, !expected.isEmpty {
                let victim = expected.remove(at: random.integer(below: expected.count))
                let first = scheduler.cancel(victim.token)
                let second = scheduler.cancel(victim.token)
                #expect(first && !second)
            } else {
                let event = scheduler.next()
                #expect(event == expected.first?.number)
                if let first = expected.first {
                    let now = scheduler.now.nanoseconds
                    let stale = scheduler.cancel(first.token)
                    #expect(now == first.time && !stale)
                    expected.removeFirst()
                    delivered += 1
                }
            }
            let pending = scheduler.pendingCount
            #expect(pending == expected.count)
        }
        #expect(delivered > 5_000)
    }
}
