/// How to see whether a container works, in Docker's form.
public struct Healthcheck: Hashable, Codable, Sendable {
    /// `["NONE"]`, `["CMD", word, ...]` or `["CMD-SHELL", line]`; empty takes the base's.
    public var test: [String]?
    /// Time between two checks, in nanoseconds; 0 or nothing is the default.
    public var interval: Int64?
    /// How long one may take, in nanoseconds.
    public var timeout: Int64?
    /// How long failures do not count after the start, in nanoseconds.
    public var startPeriod: Int64?
    /// Time between two checks in that period, in nanoseconds.
    public var startInterval: Int64?
    /// How many failures in a row make it unhealthy.
    public var retries: Int?

    /// Makes a check.
    public init(
        test: [String]? = nil,
        interval: Int64? = nil,
        timeout: Int64? = nil,
        startPeriod: Int64? = nil,
        startInterval: Int64? = nil,
        retries: Int? = nil
    ) {
        self.test = test
        self.interval = interval
        self.timeout = timeout
        self.startPeriod = startPeriod
        self.startInterval = startInterval
        self.retries = retries
    }

    enum CodingKeys: String, CodingKey {
        case test = "Test"
        case interval = "Interval"
        case timeout = "Timeout"
        case startPeriod = "StartPeriod"
        case startInterval = "StartInterval"
        case retries = "Retries"
    }
}
