/// A model: state, and what each event does to it.
///
/// A plain struct whose `handle` switches over an enum. The event is at most a few words without references, so that
/// the kernel can keep it in a slab: that is what `BitwiseCopyable` says. An enum inside a module conforms by itself; a
/// public one says so.
public protocol SimulationModel: ~Copyable {
    /// What can happen.
    associatedtype Event: BitwiseCopyable

    /// Does what `event` does.
    ///
    /// - Parameters:
    ///   - event: what happens.
    ///   - time: now; the same as `scheduler.now`.
    ///   - scheduler: where what follows is scheduled.
    mutating func handle(_ event: Event, at time: SimTime, _ scheduler: inout Scheduler<Event>)
}
