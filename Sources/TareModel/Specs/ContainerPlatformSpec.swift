import TareCatalog
import TareCore

/// How the container arm runs its containers.
public struct ContainerPlatformSpec: Sendable, Hashable {
    /// How a container's root comes from its image.
    public enum Storage: String, Sendable, Codable, CaseIterable {
        /// Layers once, read-only, and a private upper layer.
        case overlay
        /// A copy of everything for every container.
        case copy
    }

    /// What is there before the first start.
    public enum Start: String, Sendable, Codable, CaseIterable {
        /// No layer is on the host; each is fetched once.
        case cold
        /// All layers are unpacked, and nothing is in the page cache.
        case pulled
        /// All layers are unpacked and in the page cache.
        case warm
    }

    /// An engine profile's id: `engine`.
    public var profile: String
    /// A profile of the user's own in place of a built-in one.
    public var ownProfile: EngineProfile?
    /// How roots are made.
    public var storage: Storage
    /// Whether the compressed layers stay on the disk after unpacking.
    public var keepBlobs: Bool
    /// What is there before the first start.
    public var start: Start
    /// The base system of the host that runs the engine, by its catalogue id.
    public var hostSystem: String
    /// What the host's own system holds on disk; `nil` where no weighing of it is at hand.
    public var hostContent: ContentManifest?
    /// Whether each container takes an address of the host's network instead of one behind a bridge.
    public var routedAddresses: Bool

    /// Makes a platform.
    public init(
        profile: String = "engine",
        ownProfile: EngineProfile? = nil,
        storage: Storage = .overlay,
        keepBlobs: Bool = true,
        start: Start = .cold,
        hostSystem: String = "debian-12-cloud",
        hostContent: ContentManifest? = nil,
        routedAddresses: Bool = false
    ) {
        self.profile = profile
        self.ownProfile = ownProfile
        self.storage = storage
        self.keepBlobs = keepBlobs
        self.start = start
        self.hostSystem = hostSystem
        self.hostContent = hostContent
        self.routedAddresses = routedAddresses
    }
}
