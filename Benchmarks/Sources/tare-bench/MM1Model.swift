import TareSimulation

/// One server, Poisson arrivals at 0.9 of its speed, exponential service with mean one second.
struct MM1Model: SimulationModel {
    enum Event {
        case arrive, depart
    }

    /// Customers still to come.
    var left: Int
    /// All draws, in the order of the events.
    var random: RandomStream
    /// The server and its queue.
    var server = FIFOStation<Int32>(servers: 1)

    init(customers: Int, seed: UInt64) {
        left = customers
        random = RandomStream(seed: seed)
    }

    @inline(__always)
    mutating func handle(_ event: Event, at now: SimTime, _ scheduler: inout Scheduler<Event>) {
        switch event {
        case .arrive:
            left &-= 1
            if left > 0 { scheduler.schedule(.arrive, after: .seconds(random.exponential(mean: 1 / 0.9))) }
            let service = SimDuration.seconds(random.exponential())
            if let start = server.arrive(0, service: service) { scheduler.schedule(.depart, after: start.service) }
        case .depart:
            if let start = server.depart() { scheduler.schedule(.depart, after: start.service) }
        }
    }
}
