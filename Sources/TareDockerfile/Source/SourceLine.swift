/// A line of the file as it is written, with its end.
struct SourceLine {
    /// From 1.
    let number: Int
    /// The scalars with `\n` or `\r\n`, where the file has one there.
    let scalars: ArraySlice<Unicode.Scalar>

    /// Without `\r` and `\n` at the end.
    var content: ArraySlice<Unicode.Scalar> {
        var end = scalars.endIndex
        while end > scalars.startIndex, scalars[end - 1] == "\n" || scalars[end - 1] == "\r" { end -= 1 }
        return scalars[scalars.startIndex..<end]
    }

    /// Whether the first scalar that is no space is `#`.
    var isComment: Bool { content.first { !$0.isSpace } == "#" }

    /// Splits a text at each `\n`, which stays with its line; a byte order mark at the start is dropped.
    static func split(_ text: String) -> [SourceLine] {
        var all = Array(text.unicodeScalars)
        if all.first == "\u{FEFF}" { all.removeFirst() }
        var lines: [SourceLine] = []
        var start = 0
        for index in all.indices where all[index] == "\n" || index == all.count - 1 {
            lines.append(SourceLine(number: lines.count + 1, scalars: all[start...index]))
            start = index + 1
        }
        return lines
    }
}

extension Unicode.Scalar {
    /// What Go's `unicode.IsSpace` takes for a space, since that is the official parser's rule.
    var isSpace: Bool {
        switch value {
        case 9...13, 32, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// What separates the words of a plain list: a smaller set than `isSpace`.
    var isSeparator: Bool { self == " " || self == "\t" || self == "\u{0B}" || self == "\u{0C}" || self == "\r" }
}

extension Sequence<Unicode.Scalar> {
    /// The scalars as text.
    var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: self)
        return String(view)
    }
}
