import TareCore
import TareOCI

/// A layer that was written.
public struct LayerSummary: Hashable, Sendable {
    /// The blob, as it is packed.
    public var descriptor: Descriptor
    /// Digest of the uncompressed archive.
    public var diffID: Digest
    /// Length of the uncompressed archive in bytes.
    public var size: Int64
    /// How many members it has.
    public var entries: Int

    /// Whether nothing was changed, so that the layer need not be.
    public var isEmpty: Bool { entries == 0 }
}
