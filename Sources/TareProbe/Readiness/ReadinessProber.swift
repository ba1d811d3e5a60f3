import Glibc
import Synchronization
import TareCore
import TareLinux

/// Asks services until they give a real answer, all of them from one thread, in steps of a millisecond.
///
/// One thread and not one a service: fifty threads that knock every millisecond would take the CPUs from the services that
/// they wait for. Where a round of questions takes longer than a third of a step, the steps are stretched so that the
/// prober never takes more than a quarter of one CPU; `coarsestStep` tells how far.
///
///     let prober = ReadinessProber()
///     // one thread:  try namespace.run { prober.run() }
///     // others:      prober.add(target) ... prober.close()
public final class ReadinessProber: Sendable {
    private struct State {
        var added: [ProbeTarget] = []
        var isClosed = false
        var outcomes: [Int: ProbeOutcome] = [:]
        var coarsest: UInt64 = 0
    }

    private let state = Mutex(State())
    private let step: UInt64

    /// Makes a prober.
    ///
    /// - Parameter stepMilliseconds: between two questions to one service.
    public init(stepMilliseconds: Int = 1) { step = UInt64(max(1, stepMilliseconds)) * 1_000_000 }

    /// Adds a service; it is asked at once.
    public func add(_ target: ProbeTarget) { state.withLock { $0.added.append(target) } }

    /// Says that no more will be added.
    public func close() { state.withLock { $0.isClosed = true } }

    /// What came of it, by the targets' numbers; whole when `run()` has returned.
    public var outcomes: [Int: ProbeOutcome] { state.withLock { $0.outcomes } }

    /// The longest time between two questions to one service, in seconds: how exact its marks are.
    public var coarsestStep: Double { Double(state.withLock { $0.coarsest }) / 1e9 }

    /// Asks until the prober is closed and every service has answered or was given up; blocks.
    ///
    /// Sockets are made in the calling thread's network namespace.
    public func run() {
        var open: [Conversation] = []
        var last: UInt64 = 0
        while true {
            let (added, isClosed) = state.withLock { state in
                defer { state.added = [] }
                return (state.added, state.isClosed)
            }
            open += added.map { Conversation($0) }
            if open.isEmpty, isClosed { return }
            let began = HostClock.monotonicNanoseconds()
            if last > 0, !open.isEmpty { note(began - last) }
            last = open.isEmpty ? 0 : began
            for conversation in open {
                conversation.step(began)
                guard conversation.isOver else { continue }
                state.withLock { $0.outcomes[conversation.target.index] = conversation.outcome }
            }
            open.removeAll { $0.isOver }
            let spent = HostClock.monotonicNanoseconds() - began
            rest(open, for: max(step > spent ? step - spent : 0, spent * 3))
        }
    }

    private func note(_ step: UInt64) { state.withLock { $0.coarsest = max($0.coarsest, step) } }

    /// Waits for the end of the step, or for the first service that has something to say.
    private func rest(_ open: [Conversation], for nanoseconds: UInt64) {
        var polls = open.compactMap { $0.waitingFor }
        // poll(2) counts milliseconds; a step shorter than one would be no wait at all.
        poll(&polls, nfds_t(polls.count), Int32(max(1, nanoseconds / 1_000_000)))
    }
}
