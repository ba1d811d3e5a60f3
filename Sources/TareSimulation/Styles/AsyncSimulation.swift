import Synchronization

/// A simulation whose processes are `async` functions: for lessons, where a model should read like a story.
///
/// The third style, on the same queue as the others. It is several times slower than they are: each wait allocates and
/// switches tasks. All tasks run on the thread that calls `run`, one at a time and in the order of their events, because
/// the simulation is their preferred executor; a serial executor of an actor would not do, since a task may leave it.
///
///     let simulation = AsyncSimulation()
///     simulation.spawn { simulation in
///         await simulation.sleep(1, for: .seconds(2))
///         print(simulation.now)
///     }
///     simulation.run()
public final class AsyncSimulation: TaskExecutor {
    private struct State: ~Copyable {
        var scheduler = Scheduler<Int32>()
        var parked: [Int32: CheckedContinuation<Void, Never>] = [:]
        var ready: [UnownedJob] = []
        var nextReady = 0
    }

    private let state: Mutex<State>

    /// An empty simulation at time zero.
    public init() { state = Mutex(State()) }

    /// The current instant.
    public var now: SimTime { state.withLock { $0.scheduler.now } }

    /// Starts a process now: after the tasks that are already ready.
    ///
    /// - Parameter body: what it does; it must wait only through this simulation.
    public func spawn(_ body: @escaping @Sendable (AsyncSimulation) async -> Void) {
        Task(executorPreference: self) { await body(self) }
    }

    /// Waits until `key` is woken.
    ///
    /// - Parameter key: names the waiting process; one process at a time waits under a key.
    public func park(_ key: Int32) async {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                precondition(state.parked[key] == nil, "another process waits under this key")
                state.parked[key] = continuation
            }
        }
    }

    /// Schedules the waking of whoever waits under `key` by then.
    ///
    /// - Parameters:
    ///   - key: who.
    ///   - delay: how long from now.
    public func wake(_ key: Int32, after delay: SimDuration) {
        state.withLock { state in _ = state.scheduler.schedule(key, after: delay) }
    }

    /// Waits for a length of simulated time.
    ///
    /// - Parameters:
    ///   - key: names the waiting process.
    ///   - duration: how long.
    public func sleep(_ key: Int32, for duration: SimDuration) async {
        wake(key, after: duration)
        await park(key)
    }

    /// Runs until nothing is ready and nothing is scheduled; blocks the calling thread.
    ///
    /// - Returns: how many events were delivered.
    @discardableResult
    public func run() -> Int {
        var delivered = 0
        while true {
            while let job = nextJob() { job.runSynchronously(on: asUnownedTaskExecutor()) }
            let (found, waiter) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
                guard let key = state.scheduler.next() else { return (false, nil) }
                return (true, state.parked.removeValue(forKey: key))
            }
            guard found else { return delivered }
            delivered += 1
            waiter?.resume()
        }
    }

    /// Queues a part of a task; called by the language's runtime.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.ready.append(job) }
    }

    private func nextJob() -> UnownedJob? {
        state.withLock { state in
            guard state.nextReady < state.ready.count else {
                state.ready.removeAll(keepingCapacity: true)
                state.nextReady = 0
                return nil
            }
            state.nextReady += 1
            return state.ready[state.nextReady - 1]
        }
    }
}
