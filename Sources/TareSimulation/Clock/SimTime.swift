/// An instant of simulated time: whole nanoseconds since the start of the run.
///
/// An integer, so that two runs of one seed agree to the last bit and equal instants are equal. 292 years fit.
@frozen
public struct SimTime: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Nanoseconds since the start, never negative.
    public var nanoseconds: Int64

    /// The instant `nanoseconds` after the start.
    @inlinable
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// The instant `seconds` after the start, rounded to the nearest nanosecond.
    @inlinable
    public init(seconds: Double) { self.init(nanoseconds: SimDuration(seconds: seconds).nanoseconds) }

    /// The start of every run.
    @inlinable
    public static var zero: SimTime { SimTime(nanoseconds: 0) }

    /// Later than every event: run to the end.
    @inlinable
    public static var never: SimTime { SimTime(nanoseconds: .max) }

    /// The instant in seconds since the start.
    @inlinable
    public var seconds: Double { Double(nanoseconds) * 1e-9 }

    /// Orders by time.
    @inlinable
    public static func < (left: SimTime, right: SimTime) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The instant `duration` later.
    @inlinable
    public static func + (time: SimTime, duration: SimDuration) -> SimTime {
        SimTime(nanoseconds: time.nanoseconds + duration.nanoseconds)
    }

    /// The time from `right` to `left`.
    @inlinable
    public static func - (left: SimTime, right: SimTime) -> SimDuration {
        SimDuration(nanoseconds: left.nanoseconds - right.nanoseconds)
    }
}
