/// Reads a JSON list where there is one; an instruction that begins with `[` may still be a shell's.
///
/// As in the official parser, what stands behind a list is no part of it and does not make it less of a list.
enum JSONList {
    /// A list of strings, each with the index of its first scalar, and the index of what stands behind the list.
    case strings([(text: String, start: Int)], end: Int)
    /// A list with something else in it, and where.
    case other(start: Int)
    /// No JSON list.
    case none

    static func read(_ scalars: ArraySlice<Unicode.Scalar>) -> JSONList {
        var reader = JSONListReader(scalars: scalars, index: scalars.startIndex)
        reader.skipSpaces()
        guard reader.take("[") else { return .none }
        var strings: [(String, Int)] = []
        var other: Int?
        reader.skipSpaces()
        if !reader.take("]") {
            repeat {
                reader.skipSpaces()
                let start = reader.index
                if reader.peek == "\"" {
                    guard let text = reader.string() else { return .none }
                    strings.append((text, start))
                } else {
                    guard reader.skipValue(depth: 0) else { return .none }
                    other = other ?? start
                }
                reader.skipSpaces()
            } while reader.take(",")
            guard reader.take("]") else { return .none }
        }
        if let other { return .other(start: other) }
        reader.skipSpaces()
        return .strings(strings, end: reader.index)
    }
}
