import TareSimulation

/// A station in steady state, of which theory knows the mean stay or the share lost.
///
/// The first customers fill it and the last keep it filled; only those between are counted.
struct CoverageModel: SimulationModel, ~Copyable {
    enum Event {
        case arrive, depart(Int32), shared
    }

    let form: ClosedForm
    var left: Int
    var random: RandomStream
    var station: FIFOStation<Int32>
    var shared = ProcessorSharing<Int32>(capacity: 1)
    var arrived: [SimTime] = []
    var total = 0.0

    init(_ form: ClosedForm, seed: UInt64) {
        self.form = form
        left = ClosedForm.customers
        random = RandomStream(seed: seed)
        station = FIFOStation(servers: form.servers)
        arrived.reserveCapacity(left)
    }

    /// What this replication found.
    var mean: Double { total / Double(ClosedForm.counted.count) }

    mutating func handle(_ event: Event, at now: SimTime, _ scheduler: inout Scheduler<Event>) {
        switch event {
        case .arrive:
            left -= 1
            let customer = Int32(arrived.count)
            arrived.append(now)
            if left > 0 { scheduler.schedule(.arrive, after: .seconds(random.exponential(mean: 1 / form.offered))) }
            let service = form.draw(&random)
            if form.isShared {
                shared.arrive(customer, work: service, at: now)
            } else if form.loses, station.busyServers == station.servers {
                if ClosedForm.counted.contains(Int(customer)) { total += 1 }
            } else if let start = station.arrive(customer, service: .seconds(service)) {
                scheduler.schedule(.depart(start.job), after: start.service)
            }
        case .depart(let customer):
            if !form.loses { leave(customer, now) }
            if let start = station.depart() { scheduler.schedule(.depart(start.job), after: start.service) }
        case .shared:
            while let customer = shared.finished(at: now) { leave(customer, now) }
        }
        if form.isShared { shared.arm(.shared, on: &scheduler) }
    }

    private mutating func leave(_ customer: Int32, _ now: SimTime) {
        if ClosedForm.counted.contains(Int(customer)) { total += (now - arrived[Int(customer)]).seconds }
    }
}
