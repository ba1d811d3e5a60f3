/// Cuts the values of one instruction; each kind of instruction has its own way.
struct ValueReader {
    let line: LogicalLine
    let range: Range<Int>
    let escape: Unicode.Scalar

    /// The values and how they were written.
    struct Values {
        var words: [SyntaxWord] = []
        var isJSON = false
        var isLegacyPair = false
        var ignored: SyntaxWord?
    }

    private func word(_ range: Range<Int>) -> SyntaxWord {
        SyntaxWord(text: line.text(range), position: line.position(at: range.lowerBound))
    }

    /// All as one value.
    func whole() -> [SyntaxWord] { range.isEmpty ? [] : [word(range)] }

    /// Cut at spaces.
    func words() -> [SyntaxWord] {
        var found: [SyntaxWord] = []
        var start = range.lowerBound
        for index in range where line.scalars[index].isSeparator {
            if index > start { found.append(word(start..<index)) }
            start = index + 1
        }
        if start < range.upperBound { found.append(word(start..<range.upperBound)) }
        return found
    }

    /// Cut at spaces that are neither quoted nor escaped; quotes and escapes stay.
    func quotedWords() -> [SyntaxWord] {
        var found: [SyntaxWord] = []
        var text = String.UnicodeScalarView()
        var start: Int?
        var quote: Unicode.Scalar?
        var isQuoted = false
        var index = range.lowerBound
        func close() {
            if let begin = start, isQuoted || !text.isEmpty {
                found.append(SyntaxWord(text: String(text), position: line.position(at: begin)))
            }
            text = String.UnicodeScalarView()
            start = nil
            isQuoted = false
        }
        while index < range.upperBound {
            let scalar = line.scalars[index]
            if quote == nil, scalar.isSpace {
                close()
                index += 1
                continue
            }
            if start == nil { start = index }
            if quote == nil, scalar == "'" || scalar == "\"" {
                quote = scalar
                isQuoted = true
            } else if scalar == quote {
                quote = nil
            } else if scalar == escape, quote != "'" {
                // An escape that ends the line escapes nothing and is dropped.
                guard index + 1 < range.upperBound else { break }
                text.append(scalar)
                index += 1
            }
            text.append(line.scalars[index])
            index += 1
        }
        close()
        return found
    }

    /// Names and values in turn; the older form is one pair without `=`.
    func pairs(for keyword: String) throws(SyntaxMistake) -> Values {
        let words = quotedWords()
        guard let first = words.first else { return Values() }
        guard first.text.contains("=") else {
            guard let space = range.first(where: { line.scalars[$0].isSeparator }) else {
                throw SyntaxMistake(
                    first.position, "\(keyword.uppercased()) needs a name and a value",
                    hint: "write \(keyword.uppercased()) \(first.text)=value")
            }
            var value = space
            while value < range.upperBound, line.scalars[value].isSeparator { value += 1 }
            return Values(words: [word(range.lowerBound..<space), word(value..<range.upperBound)], isLegacyPair: true)
        }
        var found: [SyntaxWord] = []
        for word in words {
            let scalars = Array(word.text.unicodeScalars)
            guard let equal = scalars.firstIndex(of: "=") else {
                throw SyntaxMistake(
                    word.position, "'\(word.text)' has no '=', and must be of the form name=value",
                    hint: "put the value in quotes where it has spaces")
            }
            found.append(SyntaxWord(text: scalars[..<equal].text, position: word.position))
            var behind = word.position
            behind.column += equal + 1
            found.append(SyntaxWord(text: scalars[(equal + 1)...].text, position: behind))
        }
        return Values(words: found)
    }

    /// A JSON list of strings, or all as one value.
    func jsonOrWhole() throws(SyntaxMistake) -> Values {
        try json() ?? Values(words: whole())
    }

    /// A JSON list of strings, or cut at spaces.
    func jsonOrWords() throws(SyntaxMistake) -> Values {
        try json() ?? Values(words: words())
    }

    /// The kind, then a command.
    func healthCheck() throws(SyntaxMistake) -> Values {
        guard !range.isEmpty else { return Values() }
        let end = range.first { line.scalars[$0].isSpace && line.scalars[$0].isASCII } ?? range.upperBound
        var next = end
        while next < range.upperBound, line.scalars[next].isSpace, line.scalars[next].isASCII { next += 1 }
        let command = ValueReader(line: line, range: next..<range.upperBound, escape: escape)
        var values = try command.jsonOrWhole()
        values.words.insert(word(range.lowerBound..<end), at: 0)
        return values
    }

    private func json() throws(SyntaxMistake) -> Values? {
        switch JSONList.read(line.scalars[range]) {
        case .strings(let list, let end):
            let words = list.map { SyntaxWord(text: $0.text, position: line.position(at: $0.start)) }
            return Values(
                words: words, isJSON: true, ignored: end < range.upperBound ? word(end..<range.upperBound) : nil)
        case .other(let start):
            throw SyntaxMistake(
                line.position(at: start), "a JSON list here may hold strings only",
                hint: "put each word in double quotes")
        case .none:
            return nil
        }
    }
}
