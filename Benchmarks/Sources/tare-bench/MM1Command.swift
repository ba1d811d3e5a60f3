import ArgumentParser
import TareSimulation

/// Measures a queue that is nearly empty, with a station.
struct MM1Command: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mm1",
        abstract: "One server at a load of 0.9, exponential arrivals and services."
    )

    @Option(help: "Customers served.")
    var customers = 5_000_000

    @Option(help: "Seed of the draws.")
    var seed: UInt64 = 1

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard customers > 0 else { throw ValidationError("--customers wants at least 1") }
    }

    func run() {
        var simulation = Simulation(MM1Model(customers: customers, seed: seed))
        simulation.scheduler.schedule(.arrive, at: .zero)
        let start = Measurement.cpuClock()
        let events = simulation.run()
        let cpu = Measurement.cpuClock() - start
        Measurement(
            benchmark: "mm1",
            parameters: [("customers", customers)],
            events: events,
            cpuSeconds: cpu,
            lastNanoseconds: simulation.scheduler.now.nanoseconds
        ).show(json: json)
    }
}
