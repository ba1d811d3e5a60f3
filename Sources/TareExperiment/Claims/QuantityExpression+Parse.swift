import TareCore

extension QuantityExpression {
    private struct Word {
        var key: String?
        var text: String
        var column: Int
    }

    /// Reads an expression.
    ///
    /// - Parameter text: the expression, on one line.
    /// - Throws: `TareError.invalid` whose subject points to the column, with the word that was probably meant.
    public init(parsing text: String) throws(TareError) {
        let (name, words) = try QuantityExpression.split(text)
        var rest = words.filter { $0.key == nil }
        let end = text.count
        func refuse(_ column: Int, _ message: String, _ hint: String) -> TareError {
            TareError(.invalid, subject: "`\(text)`, column \(column)", message, hint: hint)
        }
        func choose<Value>(_ word: Word, _ kind: String, _ choices: [(String, Value)]) throws(TareError) -> Value {
            if let match = choices.first(where: { $0.0 == word.text }) { return match.1 }
            let names = choices.map(\.0)
            let hint =
                Suggestion.nearest(to: word.text, among: names).map { "did you mean `\($0)`?" }
                ?? "one of: " + names.joined(separator: ", ")
            throw refuse(word.column, "`\(word.text)` is not \(kind)", hint)
        }
        func take(_ kind: String) throws(TareError) -> Word {
            guard !rest.isEmpty else { throw refuse(end, "\(kind) is missing", "add it before the closing bracket") }
            return rest.removeFirst()
        }
        let platforms = Platform.allCases.map { ($0.rawValue, $0) }
        var platform = Platform.vm
        var subject = "instance"
        for word in words {
            guard let key = word.key else { continue }
            let known = [("per", 0), ("platform", 1)]
            if try choose(Word(text: key, column: word.column), "a setting", known) == 0 {
                subject = try choose(word, "a subject", [("instance", "instance"), ("host", "host")])
            } else {
                platform = try choose(word, "a platform", platforms)
            }
        }
        let quantities = QuantityExpression.quantities.map { ($0, $0) }
        let function: Function
        let quantity: String
        let functions = ["share", "ratio", "difference", "median", "p95", "p99"].map { ($0, $0) }
        switch try choose(name, "a function", functions) {
        case "share":
            let owner = try choose(try take("the owner"), "an owner", Owner.allCases.map { ($0.rawValue, $0) })
            quantity = try choose(try take("the quantity"), "a quantity", quantities)
            function = .share(owner, platform)
        case let pair where pair == "ratio" || pair == "difference":
            let left = try choose(try take("the first platform"), "a platform", platforms)
            let right = try choose(try take("the second platform"), "a platform", platforms)
            quantity = try choose(try take("the quantity"), "a quantity", quantities)
            function = pair == "ratio" ? .ratio(left, right) : .difference(left, right)
        case let single:
            quantity = try choose(try take("the quantity"), "a quantity", quantities)
            let side = rest.isEmpty ? platform : try choose(try take("the platform"), "a platform", platforms)
            function = .quantile(single == "median" ? 0.5 : single == "p95" ? 0.95 : 0.99, side)
        }
        if let extra = rest.first { throw refuse(extra.column, "`\(extra.text)` is one too many", "leave it out") }
        self.init(function: function, quantity: quantity, subject: subject)
    }

    /// The function's name and its arguments, each with its column from 1.
    private static func split(_ text: String) throws(TareError) -> (name: Word, words: [Word]) {
        let letters = Array(text)
        guard let open = letters.firstIndex(of: "("), let close = letters.lastIndex(of: ")"), open < close else {
            throw TareError(
                .invalid,
                subject: "`\(text)`, column \(letters.count)",
                "the quantity is not of the form function(arguments)",
                hint: "for example `share(os, disk.used, per=instance)`"
            )
        }
        if let extra = letters.indices.first(where: { $0 > close && letters[$0] != " " }) {
            throw TareError(
                .invalid,
                subject: "`\(text)`, column \(extra + 1)",
                "`\(letters[extra])` after the closing bracket",
                hint: "leave it out"
            )
        }
        func word(_ range: Range<Int>) -> Word {
            var range = range
            while let first = range.first, letters[first] == " " { range = first + 1..<range.upperBound }
            while let last = range.last, letters[last] == " " { range = range.lowerBound..<last }
            return Word(key: nil, text: String(letters[range]), column: range.lowerBound + 1)
        }
        var words: [Word] = []
        var start = open + 1
        for index in (open + 1)...close where letters[index] == "," || index == close {
            var next = word(start..<index)
            if let equals = letters[start..<index].firstIndex(of: "=") {
                let value = word(equals + 1..<index)
                next = Word(key: word(start..<equals).text, text: value.text, column: value.column)
            }
            words.append(next)
            start = index + 1
        }
        return (word(0..<open), words)
    }
}
