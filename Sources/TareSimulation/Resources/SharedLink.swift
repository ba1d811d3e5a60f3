/// A link whose transfers share its bandwidth and then take its latency: a registry's uplink, a card's port.
///
/// `time of a transfer = bytes / (its share of the bandwidth) + latency`. The owner of its transfers: it cannot be copied.
@frozen
public struct SharedLink<Job: BitwiseCopyable & Sendable>: ~Copyable, Sendable {
    @usableFromInline
    @frozen
    struct Arrival: Sendable, BitwiseCopyable {
        @usableFromInline let job: Job
        @usableFromInline let time: SimTime

        @inlinable
        init(job: Job, time: SimTime) {
            self.job = job
            self.time = time
        }
    }

    /// From the last byte sent to the last byte there.
    public let latency: SimDuration

    @usableFromInline var sharing: ProcessorSharing<Job>
    @usableFromInline var travelling: RingBuffer<Arrival>
    @usableFromInline var wake: WakeUp

    /// An idle link.
    ///
    /// - Parameters:
    ///   - bandwidth: bytes a second.
    ///   - latency: from the last byte sent to the last byte there.
    @inlinable
    public init(bandwidth: Double, latency: SimDuration) {
        self.latency = latency
        sharing = ProcessorSharing(capacity: bandwidth)
        travelling = RingBuffer()
        wake = WakeUp()
    }

    /// Transfers that still send.
    @inlinable public var sending: Int { sharing.count }

    /// A transfer begins.
    ///
    /// - Parameters:
    ///   - job: who; `finished` returns it.
    ///   - bytes: how much.
    ///   - share: its weight, and its cap in bytes a second (a registry's limit a connection).
    ///   - now: the current instant.
    @inlinable
    public mutating func send(_ job: Job, bytes: Int64, share: ShareClass = .uncapped, at now: SimTime) {
        collect(at: now)
        sharing.arrive(job, work: Double(bytes), share: share, at: now)
    }

    /// Takes one transfer that has arrived by `now`; call it until it returns nothing.
    @inlinable
    public mutating func finished(at now: SimTime) -> Job? {
        collect(at: now)
        guard let first = travelling.first, first.time <= now else { return nil }
        return travelling.popFirst()?.job
    }

    /// When the next transfer arrives, or the next has sent its last byte, whichever is first.
    @inlinable public var nextCompletion: SimTime? {
        mutating get {
            let sent = sharing.nextCompletion
            guard let arrival = travelling.first?.time else { return sent }
            return min(arrival, sent ?? .never)
        }
    }

    /// Sees to it that `event` comes when something may have arrived; call it after the changes of an event.
    ///
    /// - Parameters:
    ///   - event: the model's event, in which it asks `finished` until nothing comes.
    ///   - scheduler: where it is scheduled.
    @inlinable
    public mutating func arm<Event>(_ event: Event, on scheduler: inout Scheduler<Event>) {
        wake.arm(event, at: nextCompletion, on: &scheduler)
    }

    /// Moves transfers that have sent all their bytes onto the way.
    @inlinable
    mutating func collect(at now: SimTime) {
        while let job = sharing.finished(at: now) {
            travelling.append(Arrival(job: job, time: now + latency))
        }
    }
}
