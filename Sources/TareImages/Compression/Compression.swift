import TareOCI

/// How a layer is packed.
public enum Compression: String, Hashable, Codable, Sendable, CaseIterable {
    /// Not at all.
    case none
    /// gzip, which every registry and engine reads.
    case gzip
    /// zstd: smaller and faster; engines since 2021 read it.
    case zstd

    /// The compression that begins with these bytes.
    init(magic: UnsafeRawBufferPointer) {
        if magic.count >= 2, magic[0] == 0x1f, magic[1] == 0x8b {
            self = .gzip
            return
        }
        // A zstd frame, or one that may be skipped and that some tools put first.
        if magic.count >= 4, magic[1] == 0xb5, magic[2] == 0x2f, magic[3] == 0xfd, magic[0] == 0x28 {
            self = .zstd
            return
        }
        if magic.count >= 4, magic[0] & 0xf0 == 0x50, magic[1] == 0x2a, magic[2] == 0x4d, magic[3] == 0x18 {
            self = .zstd
            return
        }
        self = .none
    }

    /// The type of a layer that is packed so, in OCI's words.
    public var mediaType: MediaType {
        switch self {
        case .none: .layer
        case .gzip: .layerGzip
        case .zstd: .layerZstd
        }
    }
}
