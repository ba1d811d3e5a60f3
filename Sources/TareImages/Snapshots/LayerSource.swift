import TareCore

/// A layer that can be read, more than once where need be.
public struct LayerSource: Sendable {
    /// Opens the layer at its start.
    public var open: @Sendable () throws(TareError) -> any ByteInput
    /// The digest that its uncompressed archive must have.
    public var diffID: Digest
    /// What it may bring.
    public var policy: LayerPolicy

    /// Names a layer.
    public init(
        diffID: Digest,
        policy: LayerPolicy = LayerPolicy(),
        open: @escaping @Sendable () throws(TareError) -> any ByteInput
    ) {
        self.diffID = diffID
        self.policy = policy
        self.open = open
    }
}
