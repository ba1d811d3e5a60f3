/// A pair of `ENV` or `LABEL`; variables in it are not replaced yet.
public struct NameValue: Hashable, Sendable {
    /// The name.
    public var name: SyntaxWord
    /// The value.
    public var value: SyntaxWord
}
