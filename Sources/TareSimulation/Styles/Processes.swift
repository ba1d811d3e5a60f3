/// A model made of processes: event *n* wakes process *n*.
@frozen
public struct Processes<Body: ProcessBody>: SimulationModel {
    /// The processes, by number.
    public var bodies: [Body]

    /// What they share.
    public var world: Body.World

    /// A model of `bodies` in `world`; none is awake until it is scheduled.
    @inlinable
    public init(_ bodies: [Body], in world: Body.World) {
        self.bodies = bodies
        self.world = world
    }

    /// Wakes the process of that number.
    ///
    /// - Parameters:
    ///   - number: which.
    ///   - time: now.
    ///   - scheduler: where what follows is scheduled.
    @inlinable
    @inline(__always)
    public mutating func handle(_ number: Int32, at time: SimTime, _ scheduler: inout Scheduler<Int32>) {
        bodies[Int(number)].resume(number, in: &world, at: time, &scheduler)
    }
}
