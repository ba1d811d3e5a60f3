/// A list of manifests, one for each platform or name.
public struct ImageIndex: Hashable, Codable, Sendable {
    /// Always 2.
    public var schemaVersion: Int
    /// `MediaType.index`, where it is written.
    public var mediaType: MediaType?
    /// The manifests, in order of preference.
    public var manifests: [Descriptor]
    /// The type of what it carries, where that is no image.
    public var artifactType: String?
    /// The manifest that this one says something about.
    public var subject: Descriptor?
    /// Notes.
    public var annotations: [String: String]?

    /// Makes an index of version 2.
    public init(manifests: [Descriptor], annotations: [String: String]? = nil) {
        schemaVersion = 2
        mediaType = .index
        self.manifests = manifests
        self.annotations = annotations
    }

    /// The manifests or indexes that a machine of `platform` can use.
    ///
    /// Those that name a platform that fits come first, then those that name none. Attestations, whose platform is
    /// `unknown/unknown`, are left out.
    ///
    /// - Parameter platform: the machine.
    /// - Returns: the candidates, best first.
    /// - Complexity: O(manifests).
    public func candidates(for platform: ImagePlatform) -> [Descriptor] {
        let usable = manifests.filter { $0.mediaType.isIndex || $0.mediaType.isManifest }
        return usable.filter { $0.platform?.runs(on: platform) == true } + usable.filter { $0.platform == nil }
    }
}
