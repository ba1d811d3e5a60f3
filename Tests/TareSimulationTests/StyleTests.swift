import Synchronization
import TareSimulation
import Testing

/// Customers with given arrivals and services at a station, written three times.
@Suite("Styles")
struct StyleTests {
    struct Customer: Sendable {
        let arrival: SimTime
        let service: SimDuration
    }

    struct Entry: Equatable, Sendable {
        let time: SimTime
        let customer: Int32
        let left: Bool
    }

    static let servers = 2

    /// Arrivals and services in whole tens of nanoseconds, so that many events share an instant.
    static func customers(_ seed: UInt64) -> [Customer] {
        var random = RandomStream(seed: seed)
        var time = SimTime.zero
        return (0..<500).map { _ in
            time = time + .nanoseconds(Int64(random.integer(below: 5)) * 10)
            return Customer(arrival: time, service: .nanoseconds(Int64(random.integer(below: 8)) * 10))
        }
    }

    struct EventModel: SimulationModel {
        enum Event {
            case arrive(Int32), depart(Int32)
        }
        let customers: [Customer]
        var station = FIFOStation<Int32>(servers: StyleTests.servers)
        var trace: [Entry] = []

        mutating func handle(_ event: Event, at now: SimTime, _ scheduler: inout Scheduler<Event>) {
            switch event {
            case .arrive(let customer):
                trace.append(Entry(time: now, customer: customer, left: false))
                if let start = station.arrive(customer, service: customers[Int(customer)].service) {
                    scheduler.schedule(.depart(start.job), after: start.service)
                }
            case .depart(let customer):
                trace.append(Entry(time: now, customer: customer, left: true))
                if let start = station.depart() { scheduler.schedule(.depart(start.job), after: start.service) }
            }
        }
    }

    struct Shop {
        var station = FIFOStation<Int32>(servers: StyleTests.servers)
        var trace: [Entry] = []
    }

    struct Visit: ProcessBody {
        enum Phase {
            case outside, inside
        }
        let service: SimDuration
        var phase = Phase.outside

        mutating func resume(
            _ number: Int32,
            in shop: inout Shop,
            at now: SimTime,
            _ scheduler: inout Scheduler<Int32>
        ) {
            shop.trace.append(Entry(time: now, customer: number, left: phase == .inside))
            let start: FIFOStation<Int32>.Start?
            switch phase {
            case .outside:
                phase = .inside
                start = shop.station.arrive(number, service: service)
            case .inside:
                start = shop.station.depart()
            }
            if let start { scheduler.schedule(start.job, after: start.service) }
        }
    }

    static func byEvents(_ customers: [Customer], _ body: QueueBody) -> [Entry] {
        var simulation = Simulation(EventModel(customers: customers), body: body)
        for (number, customer) in customers.enumerated() {
            simulation.scheduler.schedule(.arrive(Int32(number)), at: customer.arrival)
        }
        simulation.run()
        return simulation.model.trace
    }

    static func byProcesses(_ customers: [Customer], _ body: QueueBody) -> [Entry] {
        var simulation = Simulation(Processes(customers.map { Visit(service: $0.service) }, in: Shop()), body: body)
        for (number, customer) in customers.enumerated() {
            simulation.scheduler.schedule(Int32(number), at: customer.arrival)
        }
        simulation.run()
        return simulation.model.world.trace
    }

    final class AsyncShop: Sendable {
        let shop = Mutex(Shop())

        func note(_ customer: Int32, left: Bool, at time: SimTime) {
            shop.withLock { $0.trace.append(Entry(time: time, customer: customer, left: left)) }
        }
    }

    static func byTasks(_ customers: [Customer]) -> [Entry] {
        let simulation = AsyncSimulation()
        let place = AsyncShop()
        for (index, customer) in customers.enumerated() {
            let number = Int32(index)
            simulation.wake(number, after: customer.arrival - .zero)
            simulation.spawn { simulation in
                await simulation.park(number)
                place.note(number, left: false, at: simulation.now)
                let start = place.shop.withLock { $0.station.arrive(number, service: customer.service) }
                if let start { simulation.wake(start.job, after: start.service) }
                await simulation.park(number)
                place.note(number, left: true, at: simulation.now)
                let next = place.shop.withLock { $0.station.depart() }
                if let next { simulation.wake(next.job, after: next.service) }
            }
        }
        let delivered = simulation.run()
        #expect(delivered == 2 * customers.count)
        return place.shop.withLock { $0.trace }
    }

    @Test("events, processes and tasks leave one trace, on every body of the queue", arguments: 1...5)
    func traces(seed: UInt64) {
        let customers = Self.customers(seed)
        let expected = Self.byEvents(customers, .automatic)
        #expect(expected.count == 1_000)
        for body in QueueBody.allCases {
            let events = Self.byEvents(customers, body)
            let processes = Self.byProcesses(customers, body)
            #expect(events == expected && processes == expected, "\(body)")
        }
        let tasks = Self.byTasks(customers)
        #expect(tasks == expected)
    }
}
