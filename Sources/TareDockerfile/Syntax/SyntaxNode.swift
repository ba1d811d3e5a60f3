/// An instruction as it is written: its words are known, what they mean is not checked yet.
///
/// This is the level at which Tare's parser is compared with the official one.
public struct SyntaxNode: Hashable, Sendable {
    /// The first word, as written: `run`.
    public var keyword: SyntaxWord
    /// The flags before the values, without quotes: `--mount=type=cache,target=/x`.
    public var flags: [SyntaxWord]
    /// The values; `ENV` and `LABEL` alternate name and value.
    public var values: [SyntaxWord]
    /// Whether the values were a JSON list of strings.
    public var isJSON: Bool
    /// Whether `ENV` or `LABEL` was written without `=`.
    public var isLegacyPair: Bool
    /// What stands behind a JSON list, which is ignored.
    public var ignored: SyntaxWord?
    /// The text with continued lines joined, without its heredocs.
    public var original: String
    /// The first and last line, heredocs included.
    public var lines: ClosedRange<Int>
    /// The heredocs, in the order in which they were announced.
    public var heredocs: [Heredoc]
    /// The instruction behind `ONBUILD`: none or one.
    public var nested: [SyntaxNode]

    /// The instruction behind `ONBUILD`, or this one.
    var effective: SyntaxNode { nested.first ?? self }
}
