import TareSimulation
import Testing

/// The example in the documentation of `Simulation`.
private struct Boots: SimulationModel, ~Copyable {
    enum Event {
        case begin(Int32), cpu, disk(Int32), ready(Int32)
    }
    var cpu = ProcessorSharing<Int32>(capacity: 2)
    var disk = FIFOStation<Int32>(servers: 1)
    var ready: [Int32: SimTime] = [:]

    mutating func handle(_ event: Event, at now: SimTime, _ scheduler: inout Scheduler<Event>) {
        switch event {
        case .begin(let guest):
            cpu.arrive(guest, work: 1, at: now)
        case .cpu:
            while let guest = cpu.finished(at: now) {
                if let start = disk.arrive(guest, service: .milliseconds(500)) {
                    scheduler.schedule(.disk(start.job), after: start.service)
                }
            }
        case .disk(let guest):
            if let start = disk.depart() { scheduler.schedule(.disk(start.job), after: start.service) }
            scheduler.schedule(.ready(guest), after: .zero)
        case .ready(let guest):
            ready[guest] = now
        }
        cpu.arm(.cpu, on: &scheduler)
    }
}

@Suite("Simulation")
struct SimulationTests {
    @Test("four boots share two cores and then queue at one disk channel")
    func boots() {
        var simulation = Simulation(Boots())
        for guest in 0..<4 { simulation.scheduler.schedule(.begin(Int32(guest)), at: .zero) }
        simulation.run()
        // Each runs at half a core for two seconds; then the disk serves one every half second, in order.
        let ready = simulation.model.ready
        #expect(ready[0] == SimTime(seconds: 2.5))
        #expect(ready[1] == SimTime(seconds: 3))
        #expect(ready[2] == SimTime(seconds: 3.5))
        #expect(ready[3] == SimTime(seconds: 4))
    }

    @Test("a run stops at its limit and goes on from there")
    func limit() {
        var simulation = Simulation(Boots())
        simulation.scheduler.schedule(.begin(7), at: .zero)
        let first = simulation.run(until: SimTime(seconds: 1))
        let early = simulation.model.ready
        let now = simulation.scheduler.now
        #expect(early.isEmpty && now == SimTime(seconds: 1))
        let second = simulation.run()
        #expect(first == 2 && second == 2)
        let ready = simulation.model.ready
        #expect(ready[7] == SimTime(seconds: 1.5))
    }

    /// The model alone, which outlives its schedule.
    private static func finished() -> Boots {
        var simulation = Simulation(Boots())
        simulation.scheduler.schedule(.begin(1), at: .zero)
        simulation.run()
        return simulation.model
    }

    @Test("a model that cannot be copied is moved out of its simulation")
    func moved() {
        let boots = Self.finished()
        let ready = boots.ready
        #expect(ready == [1: SimTime(seconds: 1.5)])
    }
}
