/// Times as an image's configuration has them.
enum RFC3339 {
    /// `2026-01-01T00:00:00Z`.
    ///
    /// - Parameter seconds: since 1970, in UTC; at least 0.
    /// - Returns: the text, to the second.
    static func text(_ seconds: Int64) -> String {
        let day = seconds / 86400
        let rest = seconds % 86400
        // Days to a date by H. Hinnant's civil_from_days, for years from 1970 on.
        let shifted = day + 719_468
        let era = shifted / 146_097
        let ofEra = shifted - era * 146_097
        let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let part = (5 * ofYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        let date = ofYear - (153 * part + 2) / 5 + 1
        return "\(year + era * 400 + (month <= 2 ? 1 : 0))-\(two(month))-\(two(date))T"
            + "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
