import TareCore

/// What a load brought at the instances of one service.
public struct LoadOutcome: Sendable, Hashable {
    /// Index of the service.
    public var service: Int
    /// Instances that took requests.
    public var instances: Int
    /// Latency from the intended time of a request to its answer, in seconds.
    public var mean: Double
    /// Half of all requests were answered within so many seconds.
    public var p50: Double
    /// 99 of 100 were.
    public var p99: Double
    /// 999 of 1,000 were.
    public var p999: Double
    /// Requests a second that were answered.
    public var throughput: Double
    /// Cores in use over all cores, for this load alone.
    public var utilisation: Double
    /// The largest number of instances that fit and keep the target; `nil` where none is given.
    public var density: Int?
}
