import TareCore
import TareOCI

/// An image that was built.
public struct BuiltImage: Hashable, Sendable {
    /// The manifest, which names stand for.
    public var descriptor: Descriptor
    /// The configuration's digest: the image's id.
    public var id: Digest
    /// The key of the snapshot that containers stand on; `nil` for an image without layers.
    public var snapshotKey: String?
    /// The configuration.
    public var config: ImageConfig
    /// What became of each step, in the order in which they were done.
    public var steps: [StepReport]

    /// Steps that were taken from the cache.
    public var hits: Int { steps.filter { $0.outcome == .cached }.count }
}
