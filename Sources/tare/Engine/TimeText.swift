import TareCore
import TareLinux

/// Moments as docker's flags have them: a time in RFC 3339, or a span before now.
enum TimeText {
    /// The moment as RFC 3339 in UTC, which sorts as text.
    ///
    /// - Parameters:
    ///   - text: `2026-01-31T12:00:00Z`, or `10m`.
    ///   - flag: its name, for the error.
    /// - Returns: the moment.
    /// - Throws: `usage`.
    static func start(_ text: String, flag: String) throws(TareError) -> String {
        if text.contains("T") { return text }
        let seconds = try SpanText.read(text, flag: flag)
        return HostClock.text(secondsSince1970: HostClock.wallSeconds() - Int64(seconds))
    }
}
