/// An instruction's text with its continued lines joined, which still knows where each scalar was written.
struct LogicalLine {
    private(set) var scalars: [Unicode.Scalar] = []
    /// Where each piece of it begins: index in `scalars`, and the place in the file.
    private var pieces: [(start: Int, position: SourcePosition)] = []

    mutating func append(_ piece: some Sequence<Unicode.Scalar>, at position: SourcePosition) {
        pieces.append((scalars.count, position))
        scalars.append(contentsOf: piece)
    }

    /// Where the scalar at `index` was written.
    func position(at index: Int) -> SourcePosition {
        guard let piece = pieces.last(where: { $0.start <= index }) ?? pieces.first else {
            return SourcePosition(line: 1, column: 1)
        }
        return SourcePosition(
            line: piece.position.line, column: piece.position.column + max(0, index - piece.start))
    }

    /// A part of it without the spaces around.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, scalars[lower].isSpace { lower += 1 }
        while lower < upper, scalars[upper - 1].isSpace { upper -= 1 }
        return lower..<upper
    }

    func text(_ range: Range<Int>) -> String { scalars[range].text }
}
