/// A shell pattern in a modifier: `*`, `?`, and `\` before a character that stands for itself.
struct ExpansionPattern {
    private enum Piece {
        case any
        case one
        case literal(Unicode.Scalar)
    }

    private let pieces: [Piece]

    init(_ text: String, at offset: Int) throws(ExpansionFailure) {
        var pieces: [Piece] = []
        var isEscaped = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case _ where isEscaped:
                guard "*?\\/}".unicodeScalars.contains(scalar) else {
                    throw ExpansionFailure(message: "'\\\(scalar)' is no escape in a pattern", offset: offset)
                }
                pieces.append(.literal(scalar))
                isEscaped = false
            case "\\": isEscaped = true
            case "*": pieces.append(.any)
            case "?": pieces.append(.one)
            default: pieces.append(.literal(scalar))
            }
        }
        if isEscaped { throw ExpansionFailure(message: "a pattern ends with an escape", offset: offset) }
        self.pieces = pieces
    }

    /// The ends of all matches that begin at `start`, in rising order.
    private func ends(in text: [Unicode.Scalar], from start: Int) -> [Int] {
        var reached: Set<Int> = [start]
        for piece in pieces {
            switch piece {
            case .any:
                if let lowest = reached.min() { reached = Set(lowest...text.count) }
            case .one:
                reached = Set(reached.filter { $0 < text.count }.map { $0 + 1 })
            case .literal(let scalar):
                reached = Set(reached.filter { $0 < text.count && text[$0] == scalar }.map { $0 + 1 })
            }
        }
        return reached.sorted()
    }

    func removingPrefix(of text: [Unicode.Scalar], longest: Bool) -> String {
        let ends = ends(in: text, from: 0)
        guard let end = longest ? ends.last : ends.first else { return text.text }
        return text[end...].text
    }

    func removingSuffix(of text: [Unicode.Scalar], longest: Bool) -> String {
        let starts = (0...text.count).filter { ends(in: text, from: $0).last == text.count }
        guard let start = longest ? starts.first : starts.last else { return text.text }
        return text[..<start].text
    }

    func replacing(in text: [Unicode.Scalar], with replacement: String, all: Bool) -> String {
        var result = String.UnicodeScalarView()
        var index = 0
        var isDone = false
        while index <= text.count {
            if !isDone, let end = ends(in: text, from: index).last, end > index || !all {
                result.append(contentsOf: replacement.unicodeScalars)
                isDone = !all
                if end > index {
                    index = end
                    continue
                }
            }
            if index < text.count { result.append(text[index]) }
            index += 1
        }
        return String(result)
    }
}
