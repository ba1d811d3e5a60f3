import TareCore

/// How a container, or a process in one, ended: written by its supervisor, whole or not at all.
public struct ExitRecord: Codable, Sendable, Hashable {
    /// Who ended.
    public enum Stage: String, Codable, Sendable, Hashable {
        /// The container's first process.
        case container
        /// The OCI runtime, which could not start it.
        case runtime
    }

    /// The exit code; 128 + signal where a signal ended it.
    public var code: Int32
    /// The signal that ended it, or 0.
    public var signal: Int32
    /// The process id on the host.
    public var pid: Int32
    /// Who ended.
    public var stage: Stage
    /// The wall's time, RFC 3339 in UTC with nanoseconds.
    public var finished: String
    /// CLOCK_BOOTTIME in nanoseconds.
    public var boottime: UInt64
    /// CLOCK_MONOTONIC in nanoseconds.
    public var monotonic: UInt64

    enum CodingKeys: String, CodingKey {
        case code, signal, pid, stage, finished
        case boottime = "boottime_ns"
        case monotonic = "monotonic_ns"
    }
}
