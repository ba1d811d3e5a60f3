/// What a blob is; open, since registries carry types that nobody here knows.
public struct MediaType: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    /// The type as written: `application/vnd.oci.image.index.v1+json`.
    public let rawValue: String

    /// Takes any text.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// An image index of OCI.
    public static let index = MediaType(rawValue: "application/vnd.oci.image.index.v1+json")
    /// An image manifest of OCI.
    public static let manifest = MediaType(rawValue: "application/vnd.oci.image.manifest.v1+json")
    /// An image's configuration.
    public static let config = MediaType(rawValue: "application/vnd.oci.image.config.v1+json")
    /// A layer as plain tar.
    public static let layer = MediaType(rawValue: "application/vnd.oci.image.layer.v1.tar")
    /// A layer as tar in gzip.
    public static let layerGzip = MediaType(rawValue: "application/vnd.oci.image.layer.v1.tar+gzip")
    /// A layer as tar in zstd.
    public static let layerZstd = MediaType(rawValue: "application/vnd.oci.image.layer.v1.tar+zstd")
    /// Docker's name of an index.
    public static let dockerIndex = MediaType(
        rawValue: "application/vnd.docker.distribution.manifest.list.v2+json")
    /// Docker's name of a manifest.
    public static let dockerManifest = MediaType(rawValue: "application/vnd.docker.distribution.manifest.v2+json")
    /// Docker's name of a configuration.
    public static let dockerConfig = MediaType(rawValue: "application/vnd.docker.container.image.v1+json")
    /// Docker's name of a layer in gzip.
    public static let dockerLayerGzip = MediaType(rawValue: "application/vnd.docker.image.rootfs.diff.tar.gzip")

    /// Docker's name of a plain layer.
    public static let dockerLayer = MediaType(rawValue: "application/vnd.docker.image.rootfs.diff.tar")
    /// Two bytes, `{}`: stands where a manifest that is no image has no configuration.
    public static let empty = MediaType(rawValue: "application/vnd.oci.empty.v1+json")
    /// Docker's first manifest, which is not read any more.
    public static let dockerManifestV1 = MediaType(
        rawValue: "application/vnd.docker.distribution.manifest.v1+prettyjws")

    /// What to ask a registry for: everything that can be read.
    public static let readableManifests: [MediaType] = [.manifest, .index, .dockerManifest, .dockerIndex]

    /// Whether it is a layer of a root file system, in OCI's or Docker's words.
    public var isLayer: Bool {
        rawValue.hasPrefix("application/vnd.oci.image.layer.") || rawValue.hasPrefix(Self.dockerLayer.rawValue)
            || rawValue.hasPrefix("application/vnd.docker.image.rootfs.foreign.diff.tar")
    }

    /// Whether it is an index, in OCI's or Docker's words.
    public var isIndex: Bool { self == .index || self == .dockerIndex }
    /// Whether it is an image manifest, in OCI's or Docker's words.
    public var isManifest: Bool { self == .manifest || self == .dockerManifest }
    /// Whether the blob is encrypted, so that it cannot be read without its key.
    public var isEncrypted: Bool { rawValue.hasSuffix("+encrypted") }

    /// The type as written.
    public var description: String { rawValue }
}
