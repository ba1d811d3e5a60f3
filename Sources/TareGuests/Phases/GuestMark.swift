/// A mark as a guest prints it on its console: `tare: mark 3`.
enum GuestMark {
    private static let prefix = "tare: mark "

    /// The number, or `nil` where the line is no mark; other words may stand before it.
    static func number(in line: String) -> Int? {
        guard let range = line.firstRange(of: prefix) else { return nil }
        return Int(line[range.upperBound...].prefix(while: \.isNumber))
    }
}
