import TareCore

/// The file `oci-layout`, which marks a folder or an archive as an image layout.
public struct ImageLayout: Hashable, Codable, Sendable {
    /// `1.0.0`.
    public var imageLayoutVersion: String

    /// Makes the marker of version 1.0.0.
    public init() { imageLayoutVersion = "1.0.0" }

    /// The marker's name.
    public static let markerName = "oci-layout"
    /// The index's name.
    public static let indexName = "index.json"

    /// Where a blob is inside the layout: `blobs/sha256/<hex>`.
    public static func blobPath(_ digest: Digest) -> String { "blobs/sha256/" + digest.hex }
}
