/// The name of a repository within a registry: `library/debian`.
///
/// The grammar is the distribution specification's: parts of lower-case letters and digits, separated inside by one `.`,
/// one or two `_` or any number of `-`, joined by `/`. At most 255 bytes, as registries have it.
public struct RepositoryName: Sendable, Hashable, CustomStringConvertible {
    /// The name.
    public let description: String

    /// Checks a name; `nil` where the grammar does not allow it.
    public init?(_ text: String) {
        guard text.utf8.count <= 255, !text.isEmpty,
            text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy(Self.isPart)
        else { return nil }
        description = text
    }

    /// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`.
    private static func isPart(_ part: Substring) -> Bool {
        let bytes = Array(part.utf8)
        func isWord(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...122).contains(byte) }
        guard let first = bytes.first, let last = bytes.last, isWord(first), isWord(last) else { return false }
        var at = 0
        while at < bytes.count {
            let start = at
            while at < bytes.count, !isWord(bytes[at]) { at += 1 }
            let separator = bytes[start..<at]
            let isDashes = separator.allSatisfy { $0 == UInt8(ascii: "-") }
            let isAllowed = isDashes || [".", "_", "__"].contains { separator.elementsEqual($0.utf8) }
            guard isAllowed else { return false }
            while at < bytes.count, isWord(bytes[at]) { at += 1 }
        }
        return true
    }
}
