/// A pattern of one path as Go's `filepath.Match` has it: `*`, `?`, `[a-z]`, `[^a]`, and `\` to escape; none crosses a `/`.
///
/// This is what the sources of `COPY` and `ADD` are matched with.
public struct PathPattern: Hashable, Sendable {
    private enum Piece: Hashable {
        case any
        case one
        case literal(Unicode.Scalar)
        case set([ClosedRange<UInt32>], isNegated: Bool)
    }

    private let pieces: [Piece]
    /// The pattern as written.
    public let text: String

    /// Whether it has anything but plain characters.
    public var hasWildcard: Bool {
        pieces.contains { if case .literal = $0 { false } else { true } }
    }

    /// Reads a pattern; `nil` where a bracket or an escape is open.
    public init?(_ text: String) {
        self.text = text
        var pieces: [Piece] = []
        var rest = Array(text.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*": pieces.append(.any)
            case "?": pieces.append(.one)
            case "[":
                guard let set = Self.set(&rest) else { return nil }
                pieces.append(set)
            case "\\":
                guard let escaped = rest.popFirst() else { return nil }
                pieces.append(.literal(escaped))
            default: pieces.append(.literal(scalar))
            }
        }
        self.pieces = pieces
    }

    private static func set(_ rest: inout ArraySlice<Unicode.Scalar>) -> Piece? {
        var ranges: [ClosedRange<UInt32>] = []
        let isNegated = rest.first == "^"
        if isNegated { rest.removeFirst() }
        func scalar(_ rest: inout ArraySlice<Unicode.Scalar>) -> UInt32? {
            guard let first = rest.popFirst(), first != "-", first != "]" else { return nil }
            if first == "\\" { return rest.popFirst()?.value }
            return first.value
        }
        while true {
            if rest.first == "]", !ranges.isEmpty {
                rest.removeFirst()
                return .set(ranges, isNegated: isNegated)
            }
            guard let low = scalar(&rest) else { return nil }
            var high = low
            if rest.first == "-" {
                rest.removeFirst()
                guard let end = scalar(&rest) else { return nil }
                high = end
            }
            // A range that runs backwards matches nothing; it is no error.
            if low <= high { ranges.append(low...high) } else { ranges.append(0x11_0000...0x11_0000) }
        }
    }

    /// Whether the whole of `path` fits.
    ///
    /// - Complexity: O(path x pattern).
    public func matches(_ path: String) -> Bool {
        let scalars = Array(path.unicodeScalars)
        var reached = [Bool](repeating: false, count: scalars.count + 1)
        reached[0] = true
        for piece in pieces {
            var next = [Bool](repeating: false, count: scalars.count + 1)
            if case .any = piece {
                var isOpen = false
                for index in 0...scalars.count {
                    isOpen = isOpen || reached[index]
                    next[index] = isOpen
                    if index < scalars.count, scalars[index] == "/" { isOpen = false }
                }
            } else {
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
        case .any: false
        case .one: scalar != "/"
        case .literal(let wanted): scalar == wanted
        case .set(let ranges, let isNegated):
            scalar != "/" && ranges.contains { $0.contains(scalar.value) } != isNegated
        }
    }
}
