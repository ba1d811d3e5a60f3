/// Why a word's variables or quotes cannot be resolved.
public struct ExpansionFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, without a place.
    public var message: String
    /// Where in the word, counted in scalars from 0.
    public var offset: Int

    /// The message.
    public var description: String { message }
}
