import TareSimulation

/// One processor shared by all present, with Poisson arrivals and hyperexponential work of mean one second.
struct SharedProcessor: SimulationModel, ~Copyable {
    enum Event {
        case arrive, cpu
    }

    let load: Double
    var left: Int
    /// Customers that are counted.
    let window: Range<Int>
    var arrivals: RandomStream
    var services: RandomStream
    var cpu = ProcessorSharing<Int32>(capacity: 1)
    var arrived: [SimTime] = []
    var totalStay = 0.0
    var counted = 0

    init(load: Double, customers: Int, window: Range<Int>, seed: UInt64) {
        self.load = load
        left = customers
        self.window = window
        let streams = RandomStreams(seed: seed)
        arrivals = streams.stream(entity: 0, purpose: "arrivals")
        services = streams.stream(entity: 0, purpose: "services")
    }

    mutating func handle(_ event: Event, at now: SimTime, _ scheduler: inout Scheduler<Event>) {
        switch event {
        case .arrive:
            left -= 1
            let work = services.exponential(mean: services.chance(0.5) ? 0.5 : 1.5)
            cpu.arrive(Int32(arrived.count), work: work, at: now)
            arrived.append(now)
            if left > 0 { scheduler.schedule(.arrive, after: .seconds(arrivals.exponential(mean: 1 / load))) }
        case .cpu:
            while let customer = cpu.finished(at: now) {
                guard window.contains(Int(customer)) else { continue }
                totalStay += (now - arrived[Int(customer)]).seconds
                counted += 1
            }
        }
        cpu.arm(.cpu, on: &scheduler)
    }
}
