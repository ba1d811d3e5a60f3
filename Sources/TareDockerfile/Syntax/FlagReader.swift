/// Takes the words that begin with `--` from the front of an instruction; quotes in them are resolved.
struct FlagReader {
    let line: LogicalLine
    /// What is left: the values, once `flags()` was called.
    private(set) var range: Range<Int>

    mutating func flags() -> [SyntaxWord] {
        var found: [SyntaxWord] = []
        while true {
            var index = range.lowerBound
            while index < range.upperBound, line.scalars[index].isSpace, line.scalars[index].isASCII { index += 1 }
            range = index..<range.upperBound
            guard index + 1 < range.upperBound, line.scalars[index] == "-", line.scalars[index + 1] == "-" else {
                return found
            }
            let (word, end) = word(from: index)
            range = end..<range.upperBound
            if word == "--" { return found }
            found.append(SyntaxWord(text: word, position: line.position(at: index)))
        }
    }

    private func word(from start: Int) -> (String, Int) {
        var text = String.UnicodeScalarView()
        var quote: Unicode.Scalar?
        var index = start
        while index < range.upperBound {
            let scalar = line.scalars[index]
            index += 1
            if scalar == quote {
                quote = nil
            } else if scalar == "\\" {
                guard index < range.upperBound else { break }
                text.append(line.scalars[index])
                index += 1
            } else if quote == nil, scalar == "'" || scalar == "\"" {
                quote = scalar
            } else if quote == nil, scalar.isSpace, scalar.isASCII {
                return (String(text), index - 1)
            } else {
                text.append(scalar)
            }
        }
        return (String(text), index)
    }
}
