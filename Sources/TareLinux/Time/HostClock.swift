import Glibc

/// The two clocks: a monotonic one for durations, the wall's for provenance.
///
/// Not called `Clock`, which is the standard library's protocol.
public enum HostClock {
    /// Nanoseconds since some moment before the program started; never goes back; not counting suspension.
    public static func monotonicNanoseconds() -> UInt64 { nanoseconds(CLOCK_MONOTONIC) }

    /// Nanoseconds since the machine started, suspension counted.
    public static func boottimeNanoseconds() -> UInt64 { nanoseconds(CLOCK_BOOTTIME) }

    /// CPU time of this process in nanoseconds, all threads.
    public static func processCPUNanoseconds() -> UInt64 { nanoseconds(CLOCK_PROCESS_CPUTIME_ID) }

    /// Seconds since 1970-01-01 UTC.
    public static func wallSeconds() -> Int64 { Int64(nanoseconds(CLOCK_REALTIME) / 1_000_000_000) }

    /// The wall time now as RFC 3339 text in UTC with seconds: `2026-11-24T00:48:21Z`.
    public static func wallText() -> String { text(secondsSince1970: wallSeconds()) }

    /// The wall time now as RFC 3339 text in UTC with nanoseconds, for the order of events.
    public static func preciseWallText() -> String {
        let now = nanoseconds(CLOCK_REALTIME)
        let whole = text(secondsSince1970: Int64(now / 1_000_000_000)).dropLast()
        return "\(whole).\(padded(Int64(now % 1_000_000_000), 9))Z"
    }

    /// The date now in UTC: `2026-11-24`.
    public static func dateText() -> String { String(wallText().prefix(10)) }

    /// A moment as RFC 3339 text in UTC.
    ///
    /// Days are turned into a date by counting eras of 400 years from 1 March (Howard Hinnant, "chrono-Compatible
    /// Low-Level Date Algorithms", civil_from_days), exact for all years of four digits.
    ///
    /// - Parameter seconds: seconds since 1970-01-01 UTC, leap seconds not counted.
    /// - Returns: 20 characters for the years 0 to 9999.
    public static func text(secondsSince1970 seconds: Int64) -> String {
        let (days, rest) = floorDivision(seconds, by: 86_400)
        let (era, dayOfEra) = floorDivision(days + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        return "\(date)T\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))Z"
    }

    private static func nanoseconds(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    private static func floorDivision(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let remainder = (value % divisor + divisor) % divisor
        return ((value - remainder) / divisor, remainder)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let text = "\(value)"
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
