/// A tag: `[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}` of the distribution specification.
public struct TagName: Sendable, Hashable, CustomStringConvertible {
    /// The tag.
    public let description: String

    /// Checks a tag; `nil` where the grammar does not allow it.
    public init?(_ text: String) {
        func isWord(_ byte: UInt8) -> Bool {
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
        }
        guard (1...128).contains(text.utf8.count), let first = text.utf8.first, isWord(first),
            text.utf8.allSatisfy({ isWord($0) || $0 == 45 || $0 == 46 })
        else { return nil }
        description = text
    }
}
