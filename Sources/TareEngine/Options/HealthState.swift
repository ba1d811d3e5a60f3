/// What the checks have shown so far.
public struct HealthState: Sendable, Hashable, Codable {
    /// The words.
    public enum Status: String, Sendable, Hashable, Codable {
        /// No check has succeeded yet, and not enough have failed.
        case starting
        /// The last check succeeded.
        case healthy
        /// As many checks as were set have failed in a row.
        case unhealthy
    }

    /// One check.
    public struct Probe: Sendable, Hashable, Codable {
        /// When it began, RFC 3339.
        public var start: String
        /// Seconds that it took.
        public var seconds: Double
        /// The exit code; -1 where it took too long.
        public var code: Int32
        /// The end of what it printed, at most 4 KiB.
        public var output: String
    }

    /// The status now.
    public var status = Status.starting
    /// Failures since the last success.
    public var failures = 0
    /// The last five checks, oldest first.
    public var probes: [Probe] = []

    /// No check yet.
    public init() {}

    /// Takes a check in.
    ///
    /// - Parameters:
    ///   - probe: the check.
    ///   - check: its rules.
    ///   - age: seconds since the container's start.
    public mutating func take(_ probe: Probe, _ check: HealthCheck, age: Double) {
        probes.append(probe)
        if probes.count > 5 { probes.removeFirst(probes.count - 5) }
        if probe.code == 0 {
            failures = 0
            status = .healthy
        } else if status != .starting || age >= check.startPeriod {
            failures += 1
            if failures >= check.retries { status = .unhealthy }
        }
    }
}
