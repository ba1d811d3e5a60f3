/// The clock and the pending events of one run.
///
/// Events come out in the total order (time, sequence): earlier first, and of one instant in the order in which they
/// were scheduled. Nothing is allocated and nothing is counted per event; the memory is that of the most events pending
/// at once. An event of the current instant goes through a ring and not through the queue.
///
///     schedule(at:) --> later:  PendingSet (heap, ladder) --\
///                  \--> now:    SlotRing                   ---> next() --> handle(event, at: now, &scheduler)
///     resources whose next change moves: AlarmSet -----------/
///
/// The owner of its buffers: it cannot be copied.
@frozen
public struct Scheduler<Event: BitwiseCopyable>: ~Copyable {
    @usableFromInline var instant: SimTime
    @usableFromInline var sequence: UInt64
    /// Cancelled events whose keys have not left the queue.
    @usableFromInline var dead: Int
    @usableFromInline var pending: PendingSet<TimeScale>
    @usableFromInline var slab: EventSlab<Event>
    @usableFromInline var ring: SlotRing
    @usableFromInline var alarms: AlarmSet<Event>

    /// An empty schedule at time zero.
    ///
    /// - Parameters:
    ///   - capacity: events expected to be pending at once; more only cost a growth.
    ///   - body: what the queue is made of; the order of events does not depend on it.
    @inlinable
    public init(capacity: Int = 64, body: QueueBody = .automatic) {
        instant = .zero
        sequence = 0
        dead = 0
        pending = PendingSet(capacity: capacity, body: body)
        slab = EventSlab(capacity: capacity)
        ring = SlotRing()
        alarms = AlarmSet()
    }

    /// The current instant: the time of the event that was delivered last.
    @inlinable public var now: SimTime { instant }

    /// Events scheduled and neither delivered nor cancelled.
    @inlinable public var pendingCount: Int { slab.capacity &- slab.freeCount &- dead &+ alarms.set }

    /// Schedules `event`.
    ///
    /// - Parameters:
    ///   - event: what is handed to the model at that time.
    ///   - time: when.
    /// - Returns: a token for `cancel`.
    /// - Precondition: `time` is not before `now`.
    /// - Complexity: O(log n), O(1) at the current instant.
    @inlinable
    @inline(__always)
    @discardableResult
    public mutating func schedule(_ event: Event, at time: SimTime) -> EventToken {
        precondition(time >= instant, "an event cannot be scheduled in the past")
        let token = slab.take(event)
        if time == instant {
            ring.append(Int(token.slot))
        } else {
            let turn = sequence
            // The checked addition stops a run at 2^40 events, where the order would end.
            sequence += KeyLayout.sequenceStep
            pending.insert(KeyLayout.key(UInt64(bitPattern: time.nanoseconds), turn, Int(token.slot)))
        }
        return token
    }

    /// Schedules `event` a while from now.
    ///
    /// - Parameters:
    ///   - event: what is handed to the model at that time.
    ///   - delay: how long from now.
    /// - Returns: a token for `cancel`.
    /// - Precondition: `delay` is not negative.
    @inlinable
    @inline(__always)
    @discardableResult
    public mutating func schedule(_ event: Event, after delay: SimDuration) -> EventToken {
        schedule(event, at: instant + delay)
    }

    /// Voids an event that still waits.
    ///
    /// - Parameter token: what `schedule` returned; a stale one does nothing.
    /// - Returns: whether the event was still waiting.
    /// - Complexity: O(1) amortised; its key leaves the queue later, when its time comes or when most keys are dead.
    @inlinable
    @discardableResult
    public mutating func cancel(_ token: EventToken) -> Bool {
        guard slab.void(token) else { return false }
        dead &+= 1
        if dead > 256, dead > pendingCount { compact() }
        return true
    }

    /// Whether the event that `token` names still waits.
    @inlinable
    public func isPending(_ token: EventToken) -> Bool { slab.isWaiting(token) }

    /// Entries of the queue and the ring, those of cancelled events included.
    var queuedKeys: Int { pending.queued + ring.count }

    /// Takes the next event and moves the clock to it.
    ///
    /// - Parameter limit: the last instant that is delivered.
    /// - Returns: the event, or nothing where none is left up to `limit`; the clock then stays.
    @inlinable
    @inline(__always)
    public mutating func next(until limit: SimTime = .never) -> Event? {
        while true {
            let key = pending.least(cells: slab.cells, stride: EventSlab<Event>.stride)
            if alarms.count > 0, alarms.least < key {
                let time = SimTime(nanoseconds: Int64(bitPattern: KeyLayout.high(alarms.least)))
                if ring.count == 0 || time == instant {
                    guard time <= limit else { return nil }
                    instant = time
                    return alarms.take()
                }
            }
            let time = SimTime(nanoseconds: Int64(bitPattern: KeyLayout.high(key)))
            let slot: Int
            if ring.count > 0, time != instant || KeyLayout.isLast(key) {
                // Keys of this instant in the queue were scheduled before the clock came here: they go first.
                guard instant <= limit else { return nil }
                slot = ring.removeFirst()
                if slab.isLive(slot) { return slab.release(slot) }
            } else {
                guard !KeyLayout.isLast(key), time <= limit else { return nil }
                slot = KeyLayout.slot(key)
                pending.drop()
                if slab.isLive(slot) {
                    instant = time
                    return slab.release(slot)
                }
            }
            slab.giveBack(slot)
            dead &-= 1
        }
    }

    /// Takes the keys of all cancelled events out.
    @inlinable
    @inline(never)
    mutating func compact() {
        pending.filter { key in
            let slot = KeyLayout.slot(key)
            if slab.isLive(slot) { return true }
            slab.giveBack(slot)
            return false
        }
        ring.filter { slot in
            if slab.isLive(slot) { return true }
            slab.giveBack(slot)
            return false
        }
        dead = 0
    }
}
