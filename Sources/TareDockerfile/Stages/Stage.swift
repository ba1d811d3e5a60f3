/// One `FROM` and what follows it.
public struct Stage: Hashable, Sendable {
    /// From 0.
    public var index: Int
    /// The base, in which variables are not replaced yet: an image, an earlier stage's name, or `scratch`.
    public var base: SyntaxWord
    /// The name behind `AS`, in lower case.
    public var name: SyntaxWord?
    /// `--platform`, in which variables are not replaced yet.
    public var platform: SyntaxWord?
    /// The instructions up to the next `FROM`.
    public var instructions: [Instruction]
    /// The text of `FROM`.
    public var original: String
    /// The line of `FROM`.
    public var position: SourcePosition

    /// The name, or the number as text.
    public var label: String { name?.text ?? String(index) }
}
