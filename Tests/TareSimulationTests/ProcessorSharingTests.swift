import TareSimulation
import Testing

/// Processor sharing as the definition says, with every job touched at every change.
private struct BruteForce {
    struct Job {
        let number: Int32
        let share: ShareClass
        var left: Double
    }

    var capacity: Double
    var now = 0.0
    var jobs: [Job] = []

    /// The rate of each job: weighted max-min by bisection of theta.
    func rates() -> [Double] {
        func total(_ theta: Double) -> Double { jobs.reduce(0) { $0 + min($1.share.cap, $1.share.weight * theta) } }
        var low = 0.0
        var high = capacity + jobs.reduce(0) { max($0, $1.share.cap.isFinite ? $1.share.cap / $1.share.weight : 0) }
        high = max(high, capacity / (jobs.map(\.share.weight).min() ?? 1))
        if total(high) <= capacity { return jobs.map { min($0.share.cap, $0.share.weight * high) } }
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if total(middle) < capacity { low = middle } else { high = middle }
        }
        return jobs.map { min($0.share.cap, $0.share.weight * low) }
    }

    /// Serves until `time`; returns who finished and when.
    mutating func serve(until time: Double) -> [(number: Int32, time: Double)] {
        var done: [(number: Int32, time: Double)] = []
        while now < time {
            let rates = rates()
            var step = time - now
            for (job, rate) in zip(jobs, rates) where rate > 0 { step = min(step, job.left / rate) }
            for index in jobs.indices { jobs[index].left -= rates[index] * step }
            now += step
            for job in jobs where job.left <= 1e-12 { done.append((job.number, now)) }
            jobs.removeAll { $0.left <= 1e-12 }
        }
        return done
    }
}

@Suite("ProcessorSharing")
struct ProcessorSharingTests {
    @Test("weights, caps, classes, removals and capacity agree with serving every job by hand", arguments: 1...25)
    func oracle(seed: Int) {
        var random = RandomStream(seed: UInt64(seed))
        let shares = (0..<1 + seed % 4).map { _ in
            ShareClass(
                weight: random.uniform(0.2, 5),
                cap: random.chance(0.3) ? .infinity : random.uniform(0.3, 3))
        }
        let capacity = random.uniform(1, 8)
        var station = ProcessorSharing<Int32>(capacity: capacity)
        var brute = BruteForce(capacity: capacity)
        var handles: [Int32: ProcessorSharing<Int32>.Handle] = [:]
        var ends: [Int32: Double] = [:]
        var expected: [Int32: Double] = [:]
        var number: Int32 = 0
        var removed = 0
        var time = SimTime.zero

        /// Lets both serve until `target`, the station from completion to completion.
        func serve(until target: SimTime) {
            while let next = station.nextCompletion, next <= target {
                while let job = station.finished(at: next) {
                    ends[job] = next.seconds
                    handles[job] = nil
                }
            }
            for done in brute.serve(until: target.seconds) { expected[done.number] = done.time }
        }

        for _ in 0..<120 {
            time = time + .seconds(random.exponential(mean: 0.3))
            serve(until: time)
            let choice = random.integer(below: 20)
            if choice < 13 {
                let share = shares[random.integer(below: shares.count)]
                let work = random.exponential(mean: 1)
                handles[number] = station.arrive(number, work: work, share: share, at: time)
                brute.jobs.append(.init(number: number, share: share, left: work))
                number += 1
            } else if choice < 17, let victim = handles.keys.min() {
                let left = handles[victim].flatMap { station.remove($0, at: time) }
                let known = brute.jobs.first { $0.number == victim }?.left
                // The station may still have a job for the nanosecond to which its end is rounded up.
                #expect(abs((left ?? 0) - (known ?? 0)) < 1e-6)
                handles[victim] = nil
                expected[victim] = nil
                brute.jobs.removeAll { $0.number == victim }
                removed += 1
            } else {
                let limit = random.uniform(0.5, 9)
                station.setCapacity(limit, at: time)
                brute.capacity = limit
            }
            let used = station.used
            #expect(abs(used - brute.rates().reduce(0, +)) < 1e-6)
        }
        serve(until: SimTime(seconds: time.seconds + 1_000))
        #expect(station.count == 0 && brute.jobs.isEmpty)
        #expect(removed > 5 && ends.count > 40)
        for (job, end) in expected {
            let found = ends[job] ?? -1
            #expect(abs(found - end) < 1e-6, "job \(job) ended at \(found), by hand at \(end)")
        }
        #expect(ends.count == expected.count)
    }

    @Test("jobs that are all taken out leave nothing behind")
    func compaction() {
        var station = ProcessorSharing<Int32>(capacity: 1)
        for round in 0..<50 {
            let now = SimTime(seconds: Double(round))
            let handles = (0..<200).map { station.arrive(Int32($0), work: 1e6, at: now) }
            for handle in handles {
                let left = station.remove(handle, at: now)
                let again = station.remove(handle, at: now)
                #expect(abs((left ?? 0) - 1e6) < 1e-6 && again == nil)
            }
        }
        let next = station.nextCompletion
        #expect(station.count == 0 && next == nil)
    }
}
