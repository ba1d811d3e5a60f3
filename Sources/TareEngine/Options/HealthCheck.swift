import TareCore

/// How a container's health is told: a command that is run in it again and again.
public struct HealthCheck: Sendable, Hashable, Codable {
    /// The command; through a shell where `usesShell`.
    public var command: [String]
    /// Whether the command is one text for the image's shell.
    public var usesShell: Bool
    /// Seconds between the end of one check and the start of the next.
    public var interval: Double
    /// Seconds after which a check has failed.
    public var timeout: Double
    /// Seconds after the start in which failures do not count.
    public var startPeriod: Double
    /// Failures in a row that make it unhealthy.
    public var retries: Int

    /// A check with docker's times: every 30 s, 30 s long, 3 failures.
    public init(
        command: [String],
        usesShell: Bool,
        interval: Double = 30,
        timeout: Double = 30,
        startPeriod: Double = 0,
        retries: Int = 3
    ) {
        self.command = command
        self.usesShell = usesShell
        self.interval = interval
        self.timeout = timeout
        self.startPeriod = startPeriod
        self.retries = retries
    }

    enum CodingKeys: String, CodingKey {
        case command, retries
        case usesShell = "uses_shell"
        case interval = "interval_seconds"
        case timeout = "timeout_seconds"
        case startPeriod = "start_period_seconds"
    }
}
