import TareSimulation
import Testing

/// What queueing theory knows exactly must lie in the measured intervals as often as they promise.
///
/// `tare-bench coverage` does the same with 4,000 trials a queue, where 93-97% is a narrow band, and `Benchmarks/gate` runs
/// it; in a debug build there is time for 200.
@Suite("ClosedForms")
struct ClosedFormTests {
    /// Trials a case; each is one 95% interval from independent replications.
    static let trials = 200
    static let replications = 12
    /// Student's t for 11 degrees of freedom, two-sided 95%.
    static let student = 2.200985
    /// Of 200 intervals that hold the value with probability 0.95 each, fewer than 179 do by chance 5 times in 10,000, and
    /// more than 198 do 4 times in 10,000 (binomial).
    static let expected = 179...198
    /// Customers of a replication, and those that are counted.
    static let customers = 260
    static let window = 30..<230

    /// How many of the intervals hold `exact`.
    static func covered(_ exact: Double, _ replication: @escaping @Sendable (UInt64) -> Double) async -> Int {
        let means = await Replications.run(trials * replications, threads: 2) { replication(UInt64($0) + 1) }
        var covered = 0
        for trial in 0..<trials {
            let part = means[trial * replications..<(trial + 1) * replications]
            let count = Double(replications)
            let mean = part.reduce(0, +) / count
            let variance = part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
            if abs(mean - exact) <= student * (variance / count).squareRoot() { covered += 1 }
        }
        return covered
    }

    /// The mean stay, or the share lost, of one replication in steady state.
    static func station(
        servers: Int,
        load: Double,
        service: Station.Service,
        loses: Bool,
        seed: UInt64
    ) -> Double {
        var model = Station(servers: servers, load: load, customers: customers, seed: seed, service: service)
        model.loses = loses
        model.window = window
        var simulation = Simulation(model)
        simulation.scheduler.schedule(.arrive, at: .zero)
        simulation.run()
        if loses { return Double(simulation.model.lost) / Double(window.count) }
        return simulation.model.totalStay / Double(simulation.model.counted)
    }

    /// Erlang's loss formula by its recursion.
    static func erlangB(_ servers: Int, _ offered: Double) -> Double {
        (1...servers).reduce(1.0) { offered * $0 / (Double($1) + offered * $0) }
    }

    @Test("M/M/1: the mean stay is 1 / (1 - load)")
    func mm1() async {
        let covered = await Self.covered(1 / (1 - 0.3)) {
            Self.station(servers: 1, load: 0.3, service: .exponential, loses: false, seed: $0)
        }
        #expect(Self.expected.contains(covered), "\(covered) of \(Self.trials)")
    }

    @Test("M/M/c: the mean stay is 1 + C(c, a) / (c - a), with Erlang's delay formula C")
    func mmc() async {
        let offered = 1.5
        let loss = Self.erlangB(3, offered)
        let delay = loss / (1 - offered / 3 * (1 - loss))
        let covered = await Self.covered(1 + delay / (3 - offered)) {
            Self.station(servers: 3, load: 0.5, service: .exponential, loses: false, seed: $0)
        }
        #expect(Self.expected.contains(covered), "\(covered) of \(Self.trials)")
    }

    @Test("M/D/1: the mean stay is 1 + load / (2 (1 - load))")
    func md1() async {
        let covered = await Self.covered(1 + 0.4 / (2 * 0.6)) {
            Self.station(servers: 1, load: 0.4, service: .fixed, loses: false, seed: $0)
        }
        #expect(Self.expected.contains(covered), "\(covered) of \(Self.trials)")
    }

    @Test("M/G/1 with processor sharing: the mean stay is 1 / (1 - load), whatever the distribution of the work")
    func processorSharing() async {
        let covered = await Self.covered(1 / (1 - 0.3)) { seed in
            let model = SharedProcessor(load: 0.3, customers: Self.customers, window: Self.window, seed: seed)
            var simulation = Simulation(model)
            simulation.scheduler.schedule(.arrive, at: .zero)
            simulation.run()
            return simulation.model.totalStay / Double(simulation.model.counted)
        }
        #expect(Self.expected.contains(covered), "\(covered) of \(Self.trials)")
    }

    @Test("Erlang B: the share lost depends on the mean of the service alone", arguments: [false, true])
    func loss(spread: Bool) async {
        let covered = await Self.covered(Self.erlangB(4, 3)) {
            Self.station(
                servers: 4,
                load: 0.75,
                service: spread ? .hyperexponential : .exponential,
                loses: true,
                seed: $0)
        }
        #expect(Self.expected.contains(covered), "\(covered) of \(Self.trials)")
    }
}
