import TareCore
import TareOCI

/// One image for one platform, with its documents read.
public struct Image: Hashable, Sendable {
    /// The name that it was found by.
    public var name: String?
    /// What the name stands for: the manifest, or the index that it was chosen from.
    public var target: Descriptor
    /// The manifest's descriptor.
    public var descriptor: Descriptor
    /// The manifest.
    public var manifest: ImageManifest
    /// The configuration; its digest, `manifest.config.digest`, is the image's id.
    public var config: ImageConfig
    /// The keys of the layers' snapshots, lowest first.
    public var chain: [Digest]

    /// The id: the configuration's digest.
    public var id: Digest { manifest.config.digest }
    /// The key of the snapshot that containers stand on; `nil` for an image without layers.
    public var snapshotKey: String? { chain.last?.description }
    /// Bytes that are transferred for it: configuration and layers as they are packed.
    public var transferred: ByteCount {
        ByteCount(descriptor.size + manifest.config.size + manifest.layers.reduce(0) { $0 + $1.size })
    }
}
