/// A name of `ARG`, with its default where it has one.
public struct ArgumentDeclaration: Hashable, Sendable {
    /// The name.
    public var name: SyntaxWord
    /// The default, in which variables are not replaced yet.
    public var value: SyntaxWord?
}
