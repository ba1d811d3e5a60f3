/// The one pending event of a resource whose next change moves: armed early rather than cancelled often.
///
/// Where the wanted time moves later, the armed event stays and finds nothing to do when it comes: an arrival at a
/// processor-sharing station usually only delays the next departure, and a cancelled event costs as much as a delivered
/// one. Where it moves earlier, the armed event is cancelled.
@frozen
public struct WakeUp: Sendable, BitwiseCopyable {
    @usableFromInline var time: SimTime
    @usableFromInline var token: EventToken

    /// Nothing armed.
    @inlinable
    public init() {
        time = .never
        token = .none
    }

    /// Sees to it that `event` comes no later than `wanted`.
    ///
    /// - Parameters:
    ///   - event: the model's event for this resource.
    ///   - wanted: when it is next needed; nothing where it is not.
    ///   - scheduler: where it is scheduled.
    /// - Complexity: O(1) where what is armed is early enough, O(log n) otherwise.
    @inlinable
    @inline(__always)
    public mutating func arm<Event>(_ event: Event, at wanted: SimTime?, on scheduler: inout Scheduler<Event>) {
        guard let wanted else { return }
        if time <= scheduler.now, !scheduler.isPending(token) { time = .never }
        guard wanted < time else { return }
        if time != .never { scheduler.cancel(token) }
        time = wanted
        token = scheduler.schedule(event, at: wanted)
    }
}
