/// A place in a Dockerfile.
public struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    public var line: Int
    /// The column, from 1, in Unicode scalars.
    public var column: Int

    /// Names a place.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// By line, then by column.
    public static func < (left: Self, right: Self) -> Bool { (left.line, left.column) < (right.line, right.column) }

    /// `line:column`.
    public var description: String { "\(line):\(column)" }
}
