import FoundationEssentials

/// How long ago something was, for people.
enum AgeText {
    /// `5 seconds`, `3 hours`; the time itself where it cannot be read.
    static func since(_ text: String, now: Int64) -> String {
        let whole = String(text.prefix(19)) + "Z"
        guard let date = try? Date(whole, strategy: .iso8601) else { return text }
        let seconds = max(0, now - Int64(date.timeIntervalSince1970))
        let units: [(Int64, String)] = [
            (86_400 * 7, "week"), (86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"),
        ]
        for (size, name) in units where seconds >= size || size == 1 {
            let count = seconds / size
            return "\(count) \(name)\(count == 1 ? "" : "s")"
        }
        return "\(seconds) seconds"
    }
}
