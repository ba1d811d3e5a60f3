import TareSimulation
import Testing

@Suite("WakeUp")
struct WakeUpTests {
    /// Twelve resources, four more than there are alarms.
    static let resources = 12

    @Test("an event comes at the time that was wanted last; resources with an alarm get no other", arguments: 1...10)
    func moved(seed: Int) {
        var random = RandomStream(seed: UInt64(seed))
        var scheduler = Scheduler<Int32>()
        var wakes = Array(repeating: WakeUp(), count: Self.resources)
        var wanted: [SimTime?] = Array(repeating: nil, count: Self.resources)
        var served = 0
        // Of the first eight, which take the alarms: events that were not wanted, and those armed for this instant, which
        // are in the queue.
        var early = 0
        var instant = 0
        for resource in 0..<8 {
            wanted[resource] = SimTime(nanoseconds: 50)
            wakes[resource].arm(Int32(resource), at: SimTime(nanoseconds: 50), on: &scheduler)
        }
        // An event of its own moves the resources about, also to the current instant.
        scheduler.schedule(-1, after: .nanoseconds(1))
        var moves = 0
        while let event = scheduler.next() {
            let now = scheduler.now
            for time in wanted { #expect(time.map { $0 >= now } ?? true, "an event came too late") }
            if event < 0 {
                moves += 1
                let resource = random.integer(below: Self.resources)
                let time = now + .nanoseconds(Int64(random.integer(below: 40)))
                wanted[resource] = time
                if resource < 8, time == now { instant += 1 }
                wakes[resource].arm(Int32(resource), at: time, on: &scheduler)
                if moves < 2_000 { scheduler.schedule(-1, after: .nanoseconds(Int64(1 + random.integer(below: 8)))) }
            } else if wanted[Int(event)] == now {
                served += 1
                wanted[Int(event)] = nil
                wakes[Int(event)].arm(event, at: nil, on: &scheduler)
            } else {
                if event < 8 { early += 1 }
                wakes[Int(event)].arm(event, at: wanted[Int(event)], on: &scheduler)
            }
        }
        #expect(served > 500 && early <= instant)
        #expect(wanted.allSatisfy { $0 == nil }, "an event did not come")
        let left = scheduler.pendingCount
        #expect(left == 0)
    }

    @Test("an alarm is counted as pending, respects the limit of a run and takes its turn at an instant")
    func order() {
        var scheduler = Scheduler<Int32>()
        var wake = WakeUp()
        scheduler.schedule(1, at: SimTime(seconds: 1))
        wake.arm(2, at: SimTime(seconds: 1), on: &scheduler)
        scheduler.schedule(3, at: SimTime(seconds: 1))
        let pending = scheduler.pendingCount
        let early = scheduler.next(until: SimTime(seconds: 0.5))
        #expect(pending == 3 && early == nil)
        var order: [Int32] = []
        while let event = scheduler.next() {
            order.append(event)
            // Of this instant, and so after all that waited for it.
            if event == 1 { scheduler.schedule(4, after: .zero) }
        }
        #expect(order == [1, 2, 3, 4])
    }
}
