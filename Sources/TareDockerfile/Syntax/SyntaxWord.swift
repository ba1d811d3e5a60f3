/// A word of an instruction: a flag or a value, and where it was written.
public struct SyntaxWord: Hashable, Sendable {
    /// The word; quotes and variables are still in it, except in flags and in JSON.
    public var text: String
    /// Where it begins.
    public var position: SourcePosition

    /// Makes a word.
    public init(text: String, position: SourcePosition) {
        self.text = text
        self.position = position
    }
}
