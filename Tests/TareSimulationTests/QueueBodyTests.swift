import Testing

@testable import TareSimulation

@Suite("QueueBody")
struct QueueBodyTests {
    /// How far ahead events are scheduled.
    enum Spacing: CaseIterable {
        case tight, exponential, clustered, heavyTail, someNever
    }

    /// What one run delivered: who and when.
    struct Delivery: Equatable {
        let event: Int32
        let time: Int64
    }

    static func delay(_ spacing: Spacing, _ random: inout RandomStream) -> Int64 {
        switch spacing {
        case .tight: Int64(random.integer(below: 4))
        case .exponential: Int64(random.exponential(mean: 1e9))
        case .clustered: random.chance(0.5) ? Int64(random.integer(below: 10)) : 1_000_000_000_000
        case .heavyTail: Int64(min(1 / (1 - random.uniform()), 1e6) * 1e6)
        case .someNever: Int64(random.exponential(mean: 1e6))
        }
    }

    /// Grows to `most` pending, holds, and drains; a tenth is cancelled.
    ///
    /// The oracle is an array kept in order.
    static func trace(_ body: QueueBody, _ spacing: Spacing, most: Int) -> [Delivery] {
        var random = RandomStream(seed: UInt64(most))
        var scheduler = Scheduler<Int32>(body: body)
        var tokens: [EventToken] = []
        var trace: [Delivery] = []
        var number: Int32 = 0
        func add(_ scheduler: inout Scheduler<Int32>) {
            let never = spacing == .someNever && number % 97 == 0
            let delay = delay(spacing, &random)
            let time = never ? SimTime.never : scheduler.now + .nanoseconds(delay)
            tokens.append(scheduler.schedule(number, at: time))
            number += 1
            if random.chance(0.1) { scheduler.cancel(tokens[random.integer(below: tokens.count)]) }
        }
        for _ in 0..<most { add(&scheduler) }
        for _ in 0..<2 * most {
            if let event = scheduler.next(until: SimTime(nanoseconds: .max - 1)) {
                trace.append(Delivery(event: event, time: scheduler.now.nanoseconds))
            }
            add(&scheduler)
        }
        while let event = scheduler.next() {
            trace.append(Delivery(event: event, time: scheduler.now.nanoseconds))
        }
        let left = scheduler.pendingCount
        #expect(left == 0)
        return trace
    }

    /// The same run on an array that is searched for its least entry's place.
    static func oracle(_ spacing: Spacing, most: Int) -> [Delivery] {
        var random = RandomStream(seed: UInt64(most))
        var pending: [Delivery] = []
        var trace: [Delivery] = []
        var now: Int64 = 0
        var number: Int32 = 0
        func add() {
            let never = spacing == .someNever && number % 97 == 0
            let delay = delay(spacing, &random)
            let entry = Delivery(event: number, time: never ? .max : now + delay)
            // Latest first, so that taking the least is cheap; of one time, the newest first.
            var low = 0
            var high = pending.count
            while low < high {
                let middle = (low + high) / 2
                if pending[middle].time > entry.time { low = middle + 1 } else { high = middle }
            }
            pending.insert(entry, at: low)
            number += 1
            if random.chance(0.1) {
                let victim = Int32(random.integer(below: Int(number)))
                if let place = pending.firstIndex(where: { $0.event == victim }) { pending.remove(at: place) }
            }
        }
        func take() {
            guard let first = pending.popLast() else { return }
            now = first.time
            trace.append(first)
        }
        for _ in 0..<most { add() }
        for _ in 0..<2 * most {
            if let last = pending.last, last.time < .max { take() }
            add()
        }
        while !pending.isEmpty { take() }
        return trace
    }

    @Test(
        "heap, ladder and the automatic body deliver as a sorted array does",
        arguments: Spacing.allCases,
        [7, 400, 1_500]
    )
    func order(spacing: Spacing, most: Int) {
        let expected = Self.oracle(spacing, most: most)
        #expect(expected.count > most)
        for body in QueueBody.allCases {
            let found = Self.trace(body, spacing, most: most)
            #expect(found == expected, "\(body)")
        }
    }

    @Test("keys of cancelled events leave the queue before their time comes", arguments: QueueBody.allCases)
    func compaction(body: QueueBody) {
        var scheduler = Scheduler<Int32>(body: body)
        // Timers that are reset again and again, as timeouts are.
        scheduler.schedule(-1, at: SimTime(seconds: 1))
        for round in 0..<20 {
            var tokens: [EventToken] = []
            for event in 0..<3_000 {
                tokens.append(scheduler.schedule(Int32(event), at: SimTime(seconds: 100 + Double(round))))
            }
            for token in tokens { scheduler.cancel(token) }
            let pending = scheduler.pendingCount
            let keys = scheduler.queuedKeys
            #expect(pending == 1)
            #expect(keys <= 258, "no more dead keys than live ones, or 256")
        }
        let only = scheduler.next()
        let end = scheduler.next()
        #expect(only == -1 && end == nil)
    }
}
