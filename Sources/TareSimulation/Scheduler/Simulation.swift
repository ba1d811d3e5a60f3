/// A model with its schedule: the thing that runs.
///
/// A model owns resources (`ProcessorSharing`, `FIFOStation`, `SharedLink`, `TokenBucket`, `FIFOLock`, `MemoryPool`),
/// which know nothing of its events; of a shared processor or link there is no copy, and so none of a model that has one.
/// A resource whose next change is a matter of time is *armed* with one event of the model; a resource that only hands
/// out turns returns who is next:
///
///     struct Boots: SimulationModel, ~Copyable {
///         enum Event { case begin(Int32), cpu, disk(Int32), ready(Int32) }
///         var cpu = ProcessorSharing<Int32>(capacity: 96)          // cores; at most one a job by default
///         var disk = FIFOStation<Int32>(servers: 64)
///
///         mutating func handle(_ event: Event, at now: SimTime, _ scheduler: inout Scheduler<Event>) {
///             switch event {
///             case .begin(let guest):
///                 cpu.arrive(guest, work: 0.8, at: now)            // core-seconds
///             case .cpu:                                           // the processors' own event
///                 while let guest = cpu.finished(at: now) {
///                     if let start = disk.arrive(guest, service: .milliseconds(3)) {
///                         scheduler.schedule(.disk(start.job), after: start.service)
///                     }
///                 }
///             case .disk(let guest):
///                 if let start = disk.depart() { scheduler.schedule(.disk(start.job), after: start.service) }
///                 scheduler.schedule(.ready(guest), after: .zero)
///             case .ready: break
///             }
///             cpu.arm(.cpu, on: &scheduler)                        // once, after all changes of this event
///         }
///     }
///
///     var simulation = Simulation(Boots())
///     simulation.scheduler.schedule(.begin(0), at: .zero)
///     simulation.run()
///
/// Random numbers come from `RandomStreams`, one stream for an entity and a purpose; repeated runs from `Replications`.
@frozen
public struct Simulation<Model: SimulationModel & ~Copyable>: ~Copyable {
    /// The state.
    public var model: Model

    /// The clock and the pending events.
    public var scheduler: Scheduler<Model.Event>

    /// A model at time zero, nothing scheduled.
    ///
    /// - Parameters:
    ///   - model: its state at the start.
    ///   - capacity: events expected to be pending at once.
    ///   - body: what the queue is made of; results do not depend on it.
    @inlinable
    public init(_ model: consuming Model, capacity: Int = 64, body: QueueBody = .automatic) {
        self.model = model
        scheduler = Scheduler(capacity: capacity, body: body)
    }

    /// Delivers events in order until none is left or the next is after `limit`.
    ///
    /// - Parameter limit: the last instant that is delivered.
    /// - Returns: how many events were delivered.
    @inlinable
    @discardableResult
    public mutating func run(until limit: SimTime = .never) -> Int {
        var delivered = 0
        while let event = scheduler.next(until: limit) {
            model.handle(event, at: scheduler.instant, &scheduler)
            delivered &+= 1
        }
        return delivered
    }
}
