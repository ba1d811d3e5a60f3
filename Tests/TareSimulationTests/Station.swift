import TareSimulation

/// A station of several servers with Poisson arrivals, for the closed forms and for the styles.
struct Station: SimulationModel {
    enum Event {
        case arrive, depart(Int32)
    }

    /// How long a service takes, with mean one second.
    enum Service {
        case exponential, fixed, hyperexponential
    }

    let service: Service
    /// Arrivals a second.
    let rate: Double
    /// An arrival that finds all servers busy leaves.
    var loses = false
    var left: Int
    var arrivals: RandomStream
    var services: RandomStream
    var server: FIFOStation<Int32>
    var arrived: [SimTime] = []
    /// Seconds in the station of those counted, how many they are, and how many were lost.
    var totalStay = 0.0
    var counted = 0
    var lost = 0
    /// Customers that are counted: not the first, who find it empty, and not the last, who leave it so.
    var window = 0..<Int.max

    init(servers: Int, load: Double, customers: Int, seed: UInt64, service: Service) {
        self.service = service
        rate = load * Double(servers)
        left = customers
        let streams = RandomStreams(seed: seed)
        arrivals = streams.stream(entity: 0, purpose: "arrivals")
        services = streams.stream(entity: 0, purpose: "services")
        server = FIFOStation(servers: servers)
    }

    mutating func draw() -> SimDuration {
        switch service {
        case .exponential: .seconds(services.exponential())
        case .fixed: .seconds(1)
        case .hyperexponential: .seconds(services.exponential(mean: services.chance(0.5) ? 0.5 : 1.5))
        }
    }

    mutating func handle(_ event: Event, at now: SimTime, _ scheduler: inout Scheduler<Event>) {
        switch event {
        case .arrive:
            left -= 1
            let customer = Int32(arrived.count)
            arrived.append(now)
            let service = draw()
            if loses, server.busyServers == server.servers {
                if window.contains(Int(customer)) { lost += 1 }
            } else if let start = server.arrive(customer, service: service) {
                scheduler.schedule(.depart(start.job), after: start.service)
            }
            if left > 0 { scheduler.schedule(.arrive, after: .seconds(arrivals.exponential(mean: 1 / rate))) }
        case .depart(let customer):
            if window.contains(Int(customer)) {
                totalStay += (now - arrived[Int(customer)]).seconds
                counted += 1
            }
            if let start = server.depart() { scheduler.schedule(.depart(start.job), after: start.service) }
        }
    }
}
