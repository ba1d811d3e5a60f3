/// What the hub must understand of a descriptor; everything else is the client's business.
struct HubDescriptor: Codable, Sendable, Hashable {
    var mediaType: String
    var digest: HubDigest
    var size: Int64
    var annotations: [String: String]?
    var artifactType: String?

    /// Whether the specification lets a registry lack it.
    var mayBeElsewhere: Bool { mediaType.contains("nondistributable") || mediaType.contains("foreign") }
}
