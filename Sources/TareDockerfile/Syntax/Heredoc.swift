/// Text written after its instruction, up to a line that holds only its name.
public struct Heredoc: Hashable, Sendable {
    /// The name that ends it, without quotes.
    public var name: String
    /// Whether variables in it are replaced: its name was written without quotes.
    public var expands: Bool
    /// Whether leading tabs are dropped: `<<-`.
    public var dropsTabs: Bool
    /// The number before `<<`; 0 where there is none.
    public var descriptor: Int
    /// The text as it stands in the file, with tabs and line ends.
    public var content: String
    /// The line of its first line of text.
    public var firstLine: Int

    /// The text, with leading tabs dropped where `<<-` asks for it.
    public var text: String {
        guard dropsTabs else { return content }
        var result = String.UnicodeScalarView()
        var atStart = true
        for scalar in content.unicodeScalars where !(atStart && scalar == "\t") {
            result.append(scalar)
            atStart = scalar == "\n"
        }
        return String(result)
    }
}

extension Heredoc {
    /// Reads `3<<-"NAME"`, or gives `nil` where a word announces no heredoc.
    static func announced(by word: String) throws(ExpansionFailure) -> Heredoc? {
        let scalars = Array(word.unicodeScalars)
        var index = 0
        while index < scalars.count, ("0"..."9").contains(scalars[index]) { index += 1 }
        guard scalars.count >= index + 2, scalars[index] == "<", scalars[index + 1] == "<" else { return nil }
        let descriptor = Int(scalars[..<index].text) ?? 0
        index += 2
        let dropsTabs = index < scalars.count && scalars[index] == "-"
        if dropsTabs { index += 1 }
        let rest = scalars[index...]
        guard !rest.isEmpty, !rest.contains("<") else { return nil }
        let plain = try WordExpansion(keepsUnset: true).words(of: rest.text)
        guard plain.count == 1 else { return nil }
        let raw = try WordExpansion(keepsUnset: true, keepsQuotes: true, keepsEscapes: true).words(of: rest.text)
        return Heredoc(
            name: plain[0],
            expands: raw.first == plain[0],
            dropsTabs: dropsTabs,
            descriptor: descriptor,
            content: "",
            firstLine: 0
        )
    }
}
