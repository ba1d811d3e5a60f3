/// Counts in words.
enum TextCount {
    /// `1 cell`, `3 cells`.
    static func of(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }

    /// `the one cell`, `2 of 3 cells`: a part of a whole, which is at least 1.
    static func of(_ part: Int, among whole: Int, _ noun: String) -> String {
        whole == 1 ? "the one \(noun)" : "\(part) of \(whole) \(noun)s"
    }
}
