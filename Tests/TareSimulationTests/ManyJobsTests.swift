import TareSimulation
import Testing

@Suite("ManyJobs")
struct ManyJobsTests {
    /// When jobs of one class finish that are all there at time zero: in the order of their works, the next always at the
    /// rate that those left have.
    static func ends(_ works: [Double], capacity: Double) -> [Double] {
        var time = 0.0
        var done = 0.0
        var left = Double(works.count)
        return works.sorted().map { work in
            time += (work - done) / min(1, capacity / left)
            done = work
            left -= 1
            return time
        }
    }

    @Test("thousands of jobs at one station finish when served in the order of their works", arguments: [300, 5_000])
    func thousands(count: Int) {
        var random = RandomStream(seed: UInt64(count))
        var station = ProcessorSharing<Int32>(capacity: 96)
        // Twice: the second time the virtual time starts anew, after a ladder that was left.
        var start = SimTime.zero
        for _ in 0..<2 {
            let works = (0..<count).map { _ in random.exponential(mean: 0.15) }
            for (job, work) in works.enumerated() { station.arrive(Int32(job), work: work, at: start) }
            var found: [(job: Int, time: Double)] = []
            while let next = station.nextCompletion {
                while let job = station.finished(at: next) { found.append((Int(job), (next - start).seconds)) }
                if station.count == 0 { start = next + .seconds(1) }
            }
            #expect(found.count == count)
            let expected = Self.ends(works, capacity: 96)
            let worst = zip(found, expected).reduce(0) { max($0, abs($1.0.time - $1.1)) }
            #expect(worst < 1e-5, "a completion is rounded up to a nanosecond, \(count) times at most")
            #expect(zip(found, found.dropFirst()).allSatisfy { works[$0.job] <= works[$1.job] })
        }
    }

    @Test("jobs removed among thousands leave the others' ends as they would be without them")
    func removal() {
        var random = RandomStream(seed: 5)
        var station = ProcessorSharing<Int32>(capacity: 1)
        let works = (0..<2_000).map { _ in 0.5 + random.uniform() }
        let handles = works.enumerated().map { station.arrive(Int32($0.offset), work: $0.element, at: .zero) }
        var kept: [Double] = []
        for (job, handle) in handles.enumerated() {
            if job % 3 == 0 {
                kept.append(works[job])
            } else {
                let left = station.remove(handle, at: .zero)
                #expect(abs((left ?? 0) - works[job]) < 1e-9)
            }
        }
        var found: [Double] = []
        while let next = station.nextCompletion {
            while station.finished(at: next) != nil { found.append(next.seconds) }
        }
        let expected = Self.ends(kept, capacity: 1)
        #expect(found.count == expected.count)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    }
}
