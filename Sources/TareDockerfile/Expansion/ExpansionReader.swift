/// Goes through one word from left to right; one scalar ahead is enough.
struct ExpansionReader {
    let rules: WordExpansion
    let scalars: [Unicode.Scalar]
    var index = 0
    var used: Set<String> = []
    var unset: Set<String> = []

    typealias Values = (String) -> String?

    init(rules: WordExpansion, scalars: [Unicode.Scalar]) {
        self.rules = rules
        self.scalars = scalars
    }

    var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    mutating func next() -> Unicode.Scalar? {
        guard index < scalars.count else { return nil }
        index += 1
        return scalars[index - 1]
    }

    func failure(_ message: String) -> ExpansionFailure { ExpansionFailure(message: message, offset: index) }

    /// Reads up to `stop`, which is consumed, or to the end.
    mutating func read(
        until stop: Unicode.Scalar?, keepsEscapes: Bool, value: Values
    ) throws(ExpansionFailure) -> (text: String, words: [String]) {
        var text = String.UnicodeScalarView()
        var words = ExpansionWords()
        while let scalar = peek {
            if scalar == stop {
                index += 1
                return (String(text), words.finish())
            }
            switch scalar {
            case "$":
                let part = try variable(keepsEscapes: keepsEscapes, value: value)
                text.append(contentsOf: part.unicodeScalars)
                words.add(part)
            case "'" where !rules.quotesArePlain:
                let part = try singleQuoted()
                text.append(contentsOf: part.unicodeScalars)
                words.addRaw(part)
            case "\"" where !rules.quotesArePlain:
                let part = try doubleQuoted(keepsEscapes: keepsEscapes, value: value)
                text.append(contentsOf: part.unicodeScalars)
                words.addRaw(part)
            case rules.escape:
                index += 1
                if keepsEscapes {
                    text.append(scalar)
                    words.addRaw(scalar)
                }
                guard let escaped = next() else { continue }
                text.append(escaped)
                words.addRaw(escaped)
            default:
                index += 1
                text.append(scalar)
                words.add(scalar)
            }
        }
        if let stop { throw failure("the closing '\(stop)' is missing") }
        return (String(text), words.finish())
    }

    /// All up to the next single quote; nothing escapes it.
    private mutating func singleQuoted() throws(ExpansionFailure) -> String {
        let start = index
        index += 1
        while let scalar = next() {
            if scalar == "'" {
                return (rules.keepsQuotes ? scalars[start..<index] : scalars[(start + 1)..<(index - 1)]).text
            }
        }
        index = start
        throw failure("the closing single quote is missing")
    }

    /// All up to the next double quote, with variables replaced; `"`, `$` and the escape itself can be escaped.
    private mutating func doubleQuoted(keepsEscapes: Bool, value: Values) throws(ExpansionFailure) -> String {
        let start = index
        var text = String.UnicodeScalarView()
        index += 1
        if rules.keepsQuotes { text.append("\"") }
        while let scalar = peek {
            switch scalar {
            case "\"":
                index += 1
                if rules.keepsQuotes { text.append("\"") }
                return String(text)
            case "$":
                text.append(contentsOf: try variable(keepsEscapes: keepsEscapes, value: value).unicodeScalars)
            case rules.escape:
                index += 1
                if keepsEscapes { text.append(scalar) }
                guard let escaped = peek else { continue }
                if escaped == "\"" || escaped == "$" || escaped == rules.escape {
                    index += 1
                    text.append(escaped)
                } else {
                    if !keepsEscapes { text.append(scalar) }
                }
            default:
                index += 1
                text.append(scalar)
            }
        }
        index = start
        throw failure("the closing double quote is missing")
    }
}
