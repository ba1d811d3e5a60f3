/// What the hub must understand of a manifest or index.
struct ManifestOutline: Decodable, Sendable {
    var schemaVersion: Int?
    var mediaType: String?
    var artifactType: String?
    var config: HubDescriptor?
    var layers: [HubDescriptor]?
    var manifests: [HubDescriptor]?
    var subject: HubDescriptor?
    var annotations: [String: String]?
}
