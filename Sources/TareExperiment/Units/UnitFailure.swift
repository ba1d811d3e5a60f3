/// Why a text is not the quantity that was wanted.
public struct UnitFailure: Error, Sendable, Hashable {
    /// What is wrong, in one sentence without a final stop.
    public var message: String
    /// What to write instead.
    public var hint: String

    /// Makes a failure.
    public init(_ message: String, hint: String) {
        self.message = message
        self.hint = hint
    }
}
