/// The clock and the pending events of one run.
///
/// Events come out in the total order (time, sequence): earlier first, and of one instant in the order in which they
/// were scheduled. Nothing is allocated and nothing is counted per event; the memory is that of the most events pending
/// at once. An event of the current instant goes through a ring and not through the queue.
///
///     schedule(at:) --> later:  PendingSet (a 4-ary heap)  --\
///                  \--> now:    SlotRing                   ---> next() --> handle(event, at: now, &scheduler)
///
/// The owner of its buffers: it cannot be copied.
@frozen
public struct Scheduler<Event: BitwiseCopyable>: ~Copyable {
    @usableFromInline var instant: SimTime
    @usableFromInline var sequence: UInt64
    @usableFromInline var waiting: Int
    @usableFromInline var pending: PendingSet
    @usableFromInline var slab: EventSlab<Event>
    @usableFromInline var ring: SlotRing

    /// An empty schedule at time zero.
    ///
    /// - Parameter capacity: events expected to be pending at once; more only cost a growth.
    @inlinable
    public init(capacity: Int = 64) {
        instant = .zero
        sequence = 0
        waiting = 0
        pending = PendingSet(capacity: capacity)
        slab = EventSlab(capacity: capacity)
        ring = SlotRing()
    }

    /// The current instant: the time of the event that was delivered last.
    @inlinable public var now: SimTime { instant }

    /// Events scheduled and neither delivered nor cancelled.
    @inlinable public var pendingCount: Int { waiting }

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
        waiting &+= 1
        if time == instant {
            ring.append(Int(token.slot))
        } else {
            // The checked addition stops a run at 2^40 events, where the order would end.
            sequence += KeyLayout.sequenceStep
            pending.insert(
                KeyLayout.key(UInt64(bitPattern: time.nanoseconds), sequence, Int(token.slot))
            )
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
    /// - Complexity: O(1); its key leaves the queue later.
    @inlinable
    @discardableResult
    public mutating func cancel(_ token: EventToken) -> Bool {
        guard slab.void(token) else { return false }
        waiting &-= 1
        return true
    }

    /// Whether the event that `token` names still waits.
    @inlinable
    public func isPending(_ token: EventToken) -> Bool { slab.isWaiting(token) }

    /// Takes the next event and moves the clock to it.
    ///
    /// - Parameter limit: the last instant that is delivered.
    /// - Returns: the event, or nothing where none is left up to `limit`; the clock then stays.
    @inlinable
    @inline(__always)
    public mutating func next(until limit: SimTime = .never) -> Event? {
        while true {
            let queued = pending.settle()
            let slot: Int
            if ring.count > 0, !queued || KeyLayout.high(pending.least) != UInt64(bitPattern: instant.nanoseconds) {
                // Keys of this instant in the queue were scheduled before the clock came here: they go first.
                guard instant <= limit else { return nil }
                slot = ring.removeFirst()
            } else {
                guard queued else { return nil }
                let key = pending.least
                let time = SimTime(nanoseconds: Int64(bitPattern: KeyLayout.high(key)))
                guard time <= limit else { return nil }
                slot = KeyLayout.slot(key)
                pending.dropLeast()
                if slab.isLive(slot) { instant = time }
            }
            if let event = slab.release(slot) {
                waiting &-= 1
                return event
            }
        }
    }
}
