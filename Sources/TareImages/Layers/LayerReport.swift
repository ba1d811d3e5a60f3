import TareCore

/// What came out of a layer.
public struct LayerReport: Hashable, Sendable {
    /// Digest of the uncompressed archive: the diff id.
    public var diffID: Digest?
    /// Length of the uncompressed archive in bytes.
    public var size: Int64 = 0
    /// How it was packed.
    public var compression = Compression.none
    /// Members of the archive.
    public var entries = 0
    /// Bytes written into files.
    public var written: Int64 = 0
    /// Attributes that the file system does not take, and those of overlay's own, which are never taken.
    public var skippedAttributes = 0
    /// Device nodes left out.
    public var skippedDevices = 0
    /// Folders that the archive does not name but that its paths need.
    public var impliedFolders: [[UInt8]] = []
    /// Hard links whose target is not in this layer.
    public var unresolvedLinks = 0
}
