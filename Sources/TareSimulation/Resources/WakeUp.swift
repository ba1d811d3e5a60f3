/// The one pending event of a resource whose next change moves.
///
/// It is an alarm of the scheduler, which is moved by one store. Where the scheduler has no alarm left (it has eight), it
/// is an event of the queue, armed early rather than cancelled often: where the wanted time moves later, the armed event
/// stays and finds nothing to do when it comes; where it moves earlier, the armed event is cancelled.
@frozen
public struct WakeUp: Sendable, BitwiseCopyable {
    @usableFromInline var time: SimTime
    @usableFromInline var token: EventToken
    @usableFromInline var alarm: Int32

    /// Nothing armed.
    @inlinable
    public init() {
        time = .never
        token = .none
        alarm = -1
    }

    /// Sees to it that `event` comes no later than `wanted`.
    ///
    /// - Parameters:
    ///   - event: the model's event for this resource.
    ///   - wanted: when it is next needed; nothing where it is not.
    ///   - scheduler: where it is scheduled; the same at every call.
    /// - Complexity: O(1) with an alarm or where what is armed is early enough, O(log n) otherwise.
    @inlinable
    @inline(__always)
    public mutating func arm<Event>(_ event: Event, at wanted: SimTime?, on scheduler: inout Scheduler<Event>) {
        guard let wanted else {
            scheduler.clearAlarm(alarm)
            return
        }
        if wanted > scheduler.now, scheduler.setAlarm(&alarm, event, at: wanted) { return }
        enqueue(event, at: wanted, on: &scheduler)
    }

    /// Arms an event of the queue: where no alarm is left, and for the current instant, whose events come in turn.
    @inlinable
    @inline(never)
    mutating func enqueue<Event>(_ event: Event, at wanted: SimTime, on scheduler: inout Scheduler<Event>) {
        scheduler.clearAlarm(alarm)
        if time <= scheduler.now, !scheduler.isPending(token) { time = .never }
        guard wanted < time else { return }
        if time != .never { scheduler.cancel(token) }
        time = wanted
        token = scheduler.schedule(event, at: wanted)
    }
}
