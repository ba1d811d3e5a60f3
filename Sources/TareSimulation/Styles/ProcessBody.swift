/// One entity that acts, waits and acts again: a plain struct whose phase is an enum.
///
/// The second style of writing a model, on the same queue as the first: instead of one `handle` for all events, each
/// process has a `resume` that goes on where it was. What processes share is the world.
///
///     struct Guest: ProcessBody {
///         enum Phase { case boot, read, ready }
///         var phase = Phase.boot
///
///         mutating func resume(
///             _ number: Int32, in disk: inout FIFOStation<Int32>, at now: SimTime, _ scheduler: inout Scheduler<Int32>
///         ) {
///             switch phase {
///             case .boot:
///                 phase = .read
///                 scheduler.schedule(number, after: .seconds(1))           // wakes itself
///             case .read:
///                 phase = .ready
///                 if let start = disk.arrive(number, service: .milliseconds(3)) {
///                     scheduler.schedule(start.job, after: start.service)
///                 }
///             case .ready:
///                 if let start = disk.depart() { scheduler.schedule(start.job, after: start.service) }  // wakes another
///             }
///         }
///     }
public protocol ProcessBody {
    /// What all processes share: resources and results.
    associatedtype World

    /// Goes on from the current phase until the next wait.
    ///
    /// - Parameters:
    ///   - number: its number; scheduling a number wakes that process.
    ///   - world: what all share.
    ///   - time: now.
    ///   - scheduler: where it wakes itself or another.
    mutating func resume(
        _ number: Int32,
        in world: inout World,
        at time: SimTime,
        _ scheduler: inout Scheduler<Int32>
    )
}
