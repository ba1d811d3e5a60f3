/// One line of a `.dockerignore`, matched as Docker's own matcher does it, its odd cases included.
///
/// `*` and `?` stop at a slash, `**` does not. A pattern whose only special part is `**` at its start matches by ending
/// and one with `**` at its end by beginning: `**foo` fits `barfoo`, which a reading as a regular expression would not.
struct IgnorePattern: Hashable, Sendable {
    private enum Piece: Hashable {
        case literal(Unicode.Scalar)
        /// Any text without a slash.
        case many
        case one
        /// Nothing, or anything that ends with a slash.
        case folders
        case rest
        case set([ClosedRange<UInt32>], isNegated: Bool)
    }

    private enum Kind: Hashable {
        case exact
        case prefix
        case suffix
        case pieces
    }

    let text: String
    let isException: Bool
    private let pieces: [Piece]
    private let kind: Kind

    init?(_ text: String, isException: Bool) {
        // Docker refuses what filepath.Match refuses, though it matches by its own rules.
        guard PathPattern(text) != nil else { return nil }
        self.text = text
        self.isException = isException
        var pieces: [Piece] = []
        var kind = Kind.exact
        var rest = Array(text.unicodeScalars)[...]
        var isFirst = true
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*" where rest.first == "*":
                rest.removeFirst()
                if rest.first == "/" { rest.removeFirst() }
                if rest.isEmpty {
                    if kind == .exact {
                        kind = .prefix
                    } else {
                        pieces.append(.rest)
                        kind = .pieces
                    }
                } else {
                    pieces.append(.folders)
                    kind = .pieces
                }
                if isFirst { kind = .suffix }
            case "*":
                pieces.append(.many)
                kind = .pieces
            case "?":
                pieces.append(.one)
                kind = .pieces
            case "\\":
                if let escaped = rest.popFirst() {
                    pieces.append(.literal(escaped))
                    kind = .pieces
                }
            case "[":
                guard let (set, isNegated) = Self.set(&rest) else { return nil }
                pieces.append(.set(set, isNegated: isNegated))
                kind = .pieces
            default: pieces.append(.literal(scalar))
            }
            isFirst = false
        }
        self.pieces = pieces
        self.kind = kind
    }

    private static func set(
        _ rest: inout ArraySlice<Unicode.Scalar>
    ) -> (ranges: [ClosedRange<UInt32>], isNegated: Bool)? {
        var ranges: [ClosedRange<UInt32>] = []
        let isNegated = rest.first == "^"
        if isNegated { rest.removeFirst() }
        while let first = rest.popFirst() {
            if first == "]" { return (ranges, isNegated) }
            guard let low = first == "\\" ? rest.popFirst() : first else { return nil }
            guard rest.first == "-", rest.dropFirst().first != "]" else {
                ranges.append(low.value...low.value)
                continue
            }
            rest.removeFirst()
            guard let end = rest.popFirst(), let high = end == "\\" ? rest.popFirst() : end else { return nil }
            if low <= high { ranges.append(low.value...high.value) }
        }
        return nil
    }

    /// Whether this very path fits; its parents are the caller's affair.
    func matches(_ path: String) -> Bool {
        switch kind {
        case .exact: return path == text
        case .prefix: return path.hasPrefix(String(text.dropLast(2)))
        case .suffix:
            let suffix = String(text.dropFirst(2))
            return path.hasSuffix(suffix) || (suffix.hasPrefix("/") && path == suffix.dropFirst())
        case .pieces: return matchesPieces(Array(path.unicodeScalars))
        }
    }

    private func matchesPieces(_ scalars: [Unicode.Scalar]) -> Bool {
        var reached = [Bool](repeating: false, count: scalars.count + 1)
        reached[0] = true
        for piece in pieces {
            var next = [Bool](repeating: false, count: scalars.count + 1)
            switch piece {
            case .many:
                var isOpen = false
                for index in 0...scalars.count {
                    isOpen = isOpen || reached[index]
                    next[index] = isOpen
                    if index < scalars.count, scalars[index] == "/" { isOpen = false }
                }
            case .rest, .folders:
                var isOpen = false
                for index in 0...scalars.count {
                    let endsFolder = index > 0 && scalars[index - 1] == "/"
                    next[index] = reached[index] || (isOpen && (piece == .rest || endsFolder))
                    isOpen = isOpen || reached[index]
                }
            default:
                for index in scalars.indices where reached[index] && Self.fits(piece, scalars[index]) {
                    next[index + 1] = true
                }
            }
            reached = next
        }
        return reached[scalars.count]
    }

    private static func fits(_ piece: Piece, _ scalar: Unicode.Scalar) -> Bool {
        switch piece {
        case .literal(let wanted): scalar == wanted
        case .one: scalar != "/"
        case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar.value) } != isNegated
        case .many, .folders, .rest: false
        }
    }
}
