/// How to see whether a container's program is well, as an image's configuration holds it.
public struct HealthTest: Hashable, Codable, Sendable {
    /// `["NONE"]`, `["CMD", program, words...]` or `["CMD-SHELL", line]`; empty for what the base says.
    public var test: [String]?
    /// Nanoseconds between two checks.
    public var intervalNanoseconds: Int64?
    /// Nanoseconds that one check may take.
    public var timeoutNanoseconds: Int64?
    /// Nanoseconds at the start in which a failure does not count.
    public var startPeriodNanoseconds: Int64?
    /// Nanoseconds between two checks in the start period.
    public var startIntervalNanoseconds: Int64?
    /// Failures in a row until the container is not well.
    public var retries: Int?

    /// Makes a test.
    public init(test: [String]? = nil) { self.test = test }

    enum CodingKeys: String, CodingKey {
        case test = "Test"
        case intervalNanoseconds = "Interval"
        case timeoutNanoseconds = "Timeout"
        case startPeriodNanoseconds = "StartPeriod"
        case startIntervalNanoseconds = "StartInterval"
        case retries = "Retries"
    }
}

/// What Go writes for a set: a name and `{}`.
struct EmptyObject: Hashable, Codable, Sendable {}
