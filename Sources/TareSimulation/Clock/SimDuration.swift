import CTareLinux

/// A length of simulated time in whole nanoseconds.
@frozen
public struct SimDuration: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Nanoseconds.
    public var nanoseconds: Int64

    /// A length of `nanoseconds`.
    @inlinable
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// A length of `seconds`, rounded to the nearest nanosecond.
    ///
    /// - Precondition: finite and within 292 years.
    @inlinable
    public init(seconds: Double) {
        let scaled = seconds * 1e9
        precondition(abs(scaled) < 0x1p63, "a length of time is finite and within 292 years")
        // Half away from zero by truncation: the library's rounding is a call on the baseline processor.
        self.init(nanoseconds: tare_truncate(scaled + Double(signOf: scaled, magnitudeOf: 0.5)))
    }

    /// No time at all.
    @inlinable
    public static var zero: SimDuration { SimDuration(nanoseconds: 0) }

    /// A length in seconds.
    @inlinable
    public static func seconds(_ value: Double) -> SimDuration { SimDuration(seconds: value) }

    /// A length in milliseconds.
    @inlinable
    public static func milliseconds(_ value: Double) -> SimDuration { SimDuration(seconds: value * 1e-3) }

    /// A length in microseconds.
    @inlinable
    public static func microseconds(_ value: Double) -> SimDuration { SimDuration(seconds: value * 1e-6) }

    /// A length in nanoseconds.
    @inlinable
    public static func nanoseconds(_ value: Int64) -> SimDuration { SimDuration(nanoseconds: value) }

    /// The length in seconds.
    @inlinable
    public var seconds: Double { Double(nanoseconds) * 1e-9 }

    /// Orders by length.
    @inlinable
    public static func < (left: SimDuration, right: SimDuration) -> Bool { left.nanoseconds < right.nanoseconds }

    /// Both lengths, one after the other.
    @inlinable
    public static func + (left: SimDuration, right: SimDuration) -> SimDuration {
        SimDuration(nanoseconds: left.nanoseconds + right.nanoseconds)
    }

    /// What is left of `left` after `right`.
    @inlinable
    public static func - (left: SimDuration, right: SimDuration) -> SimDuration {
        SimDuration(nanoseconds: left.nanoseconds - right.nanoseconds)
    }
}
