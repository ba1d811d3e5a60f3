import TareCore

/// Requests that arrive at every ready instance of a service, whether or not the earlier ones were answered.
public struct LoadSpec: Sendable, Hashable, Codable {
    /// How a request's CPU work varies.
    public enum Shape: String, Sendable, Codable, CaseIterable {
        /// Always the mean.
        case constant
        /// Exponential.
        case exponential
        /// Lognormal with a coefficient of variation of 2: many short requests, few long ones.
        case heavy
    }

    /// How the requests of one instance share its threads.
    public enum Discipline: String, Sendable, Codable, CaseIterable {
        /// So many at once as the instance has threads, the others wait in order.
        case queue
        /// All at once, each a share: threads or coroutines without a limit.
        case share
    }

    /// Requests a second at each instance (Poisson).
    public var requestsPerSecond: Double
    /// CPU of a request in core-seconds at a reference core.
    public var cpu: Double
    /// How it varies.
    public var shape: Shape
    /// How requests share an instance's threads.
    public var discipline: Discipline
    /// Bytes that a request and its answer move over the network.
    public var bytes: ByteCount
    /// Disk reads that a request waits for, one after another.
    public var reads: Double
    /// The highest 99th percentile of latency that is wanted, in seconds; `nil` where none is.
    public var target: Double?
    /// Requests that a replication looks at, after the first fifth, which is left out.
    public var requests: Int

    /// Makes a load.
    ///
    /// - Parameters:
    ///   - requestsPerSecond: of one instance, above zero.
    ///   - cpu: core-seconds, above zero.
    ///   - shape: constant, exponential or heavy.
    ///   - discipline: queue or share.
    ///   - bytes: over the network.
    ///   - reads: disk reads.
    ///   - target: seconds.
    ///   - requests: how many are looked at.
    public init(
        requestsPerSecond: Double,
        cpu: Double,
        shape: Shape = .exponential,
        discipline: Discipline = .queue,
        bytes: ByteCount = .zero,
        reads: Double = 0,
        target: Double? = nil,
        requests: Int = 4000
    ) {
        self.requestsPerSecond = requestsPerSecond
        self.cpu = cpu
        self.shape = shape
        self.discipline = discipline
        self.bytes = bytes
        self.reads = reads
        self.target = target
        self.requests = requests
    }
}
