/// `HEALTHCHECK`: how to see whether a container is well.
public struct HealthCheck: Hashable, Sendable {
    /// The command; `nil` for `NONE`, which switches off what the base says.
    public var command: CommandForm?
    /// Time between two checks; `nil` where none is given.
    public var interval: Duration?
    /// How long one check may take.
    public var timeout: Duration?
    /// The time at the start in which a failure does not count.
    public var startPeriod: Duration?
    /// Time between two checks in the start period.
    public var startInterval: Duration?
    /// Failures in a row until the container is not well.
    public var retries: Int?
}
