import TareCore
import TareOCI

/// What a step made, as the cache keeps it.
struct StepRecord: Hashable, Codable, Sendable {
    /// The layer; `nil` where the step changed no file.
    var layer: BuildLayer?
}

/// A layer that a build made or took over.
struct BuildLayer: Hashable, Codable, Sendable {
    /// The blob.
    var blob: Descriptor
    /// The digest of the uncompressed archive.
    var diffID: Digest
}
