/// A part of a blob that a request asks for: `bytes=0-99`, `bytes=100-`, `bytes=-50`.
enum ByteRange: Equatable {
    /// Everything: no range, or several, which a server may answer so.
    case whole
    case part(Range<Int64>)
    /// Nothing of it is there.
    case unsatisfiable

    /// Reads a `Range` header for a blob of `length` bytes; what cannot be read is ignored, as RFC 9110 has it.
    static func read(_ text: String?, length: Int64) -> ByteRange {
        guard let text, text.hasPrefix("bytes="), !text.contains(",") else { return .whole }
        let sides = text.dropFirst(6).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2 else { return .whole }
        if sides[0].isEmpty {
            guard let last = Int64(sides[1]), last >= 0 else { return .whole }
            return last == 0 || length == 0 ? .unsatisfiable : .part(max(0, length - last)..<length)
        }
        guard let first = Int64(sides[0]), first >= 0 else { return .whole }
        guard first < length else { return .unsatisfiable }
        guard !sides[1].isEmpty else { return .part(first..<length) }
        guard let last = Int64(sides[1]), last >= first else { return .whole }
        return .part(first..<min(last + 1, length))
    }
}
