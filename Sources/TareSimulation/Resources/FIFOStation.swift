/// Several equal servers and one queue, first come first served: a disk's channels, a pool of workers.
///
/// It hands out turns; the model schedules the end of each. See `Simulation` for the pattern.
@frozen
public struct FIFOStation<Job: BitwiseCopyable & Sendable>: Sendable {
    /// A job that starts its service now.
    @frozen
    public struct Start: Sendable, BitwiseCopyable {
        /// Who.
        public let job: Job

        /// How long from now.
        public let service: SimDuration

        @inlinable
        init(job: Job, service: SimDuration) {
            self.job = job
            self.service = service
        }
    }

    /// Servers.
    public let servers: Int

    @usableFromInline var busy: Int
    @usableFromInline var queue: RingBuffer<Start>

    /// A station with all servers idle.
    ///
    /// - Precondition: at least one server.
    @inlinable
    public init(servers: Int) {
        precondition(servers > 0, "a station needs a server")
        self.servers = servers
        busy = 0
        queue = RingBuffer()
    }

    /// Servers at work.
    @inlinable public var busyServers: Int { busy }

    /// Jobs waiting for a server.
    @inlinable public var waiting: Int { queue.count }

    /// A job arrives.
    ///
    /// - Parameters:
    ///   - job: who.
    ///   - service: how long a server needs for it.
    /// - Returns: its start where a server is idle: schedule its end. Otherwise it waits.
    /// - Complexity: O(1).
    @inlinable
    @inline(__always)
    public mutating func arrive(_ job: Job, service: SimDuration) -> Start? {
        let start = Start(job: job, service: service)
        if busy < servers {
            busy &+= 1
            return start
        }
        queue.append(start)
        return nil
    }

    /// A service ended.
    ///
    /// - Returns: the job that starts on the free server, where one waits: schedule its end.
    /// - Complexity: O(1).
    @inlinable
    @inline(__always)
    public mutating func depart() -> Start? {
        precondition(busy > 0, "no service is under way")
        if let next = queue.popFirst() { return next }
        busy &-= 1
        return nil
    }
}
