import ArgumentParser
import TareSimulation

/// Measures the queue alone.
struct HoldCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "The hold model: a fixed number of pending events, each of which schedules one other."
    )

    @Option(help: "Events pending at all times.")
    var pending = 1000

    @Option(help: "Events delivered.")
    var events = 5_000_000

    @Option(help: "Seed of the delays.")
    var seed: UInt64 = 1

    @Option(help: "What the queue is made of: automatic, heap or ladder.")
    var body = QueueBody.automatic

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard pending > 0, events > 0 else { throw ValidationError("--pending and --events want at least 1") }
    }

    func run() {
        var random = RandomStream(seed: seed)
        var scheduler = Scheduler<Int32>(capacity: pending, body: body)
        for event in 0..<pending {
            scheduler.schedule(Int32(truncatingIfNeeded: event), after: .seconds(random.exponential()))
        }
        let start = Measurement.cpuClock()
        let last = Self.hold(events, random, &scheduler)
        let cpu = Measurement.cpuClock() - start
        Measurement(
            benchmark: "hold",
            parameters: [("pending", pending)],
            events: events,
            cpuSeconds: cpu,
            lastNanoseconds: last.nanoseconds
        ).show(json: json)
    }

    /// Delivers `count` events.
    @inline(never)
    static func hold(_ count: Int, _ random: RandomStream, _ scheduler: inout Scheduler<Int32>) -> SimTime {
        var model = HoldModel(random: random)
        var left = count
        while left > 0, let event = scheduler.next() {
            model.handle(event, at: scheduler.now, &scheduler)
            left -= 1
        }
        return scheduler.now
    }
}

extension QueueBody: @retroactive ExpressibleByArgument {}
