import TareCatalog
import TareCore

/// How the VM arm runs its guests.
public struct VMPlatformSpec: Sendable, Hashable {
    /// How a guest's disk comes from its image.
    public enum Clone: String, Sendable, Codable, CaseIterable {
        /// Every guest has a copy of everything.
        case full
        /// Every guest has a difference file over one base image, and pays for its own growth.
        case linked
        /// One read-only base for all, and a private upper layer.
        case sharedBase = "shared-base"
    }

    /// How a guest comes to run.
    public enum Start: String, Sendable, Codable, CaseIterable {
        /// Everything from the request, with cold disks: a volume from a snapshot is read for the first time.
        case cold
        /// Not for the first time: a volume's blocks are there, and a host with a page cache has the image in it.
        case warm
        /// From a memory snapshot, where the profile has one.
        case restored
    }

    /// A hypervisor profile's id, one of `HypervisorProfile.ids`.
    public var profile: String
    /// A profile of the user's own; `nil` for the catalogue's of `profile`.
    public var ownProfile: HypervisorProfile?
    /// The kind of every guest's volume: `gp3`, `gp2`, `io2` or `instance-store`.
    public var volumeKind: String
    /// The size of every guest's volume.
    public var volume: ByteCount
    /// How disks are made.
    public var clone: Clone
    /// How guests come to run.
    public var start: Start
    /// The base system of the host under the hypervisor, where the profile needs one.
    public var hostSystem: String
    /// What that host's system holds on disk; `nil` where no weighing of it is at hand.
    public var hostContent: ContentManifest?

    /// Makes a platform.
    public init(
        profile: String = "nitro",
        ownProfile: HypervisorProfile? = nil,
        volumeKind: String = "gp3",
        volume: ByteCount = .gibibytes(8),
        clone: Clone = .full,
        start: Start = .cold,
        hostSystem: String = "debian-12-cloud",
        hostContent: ContentManifest? = nil
    ) {
        self.profile = profile
        self.ownProfile = ownProfile
        self.volumeKind = volumeKind
        self.volume = volume
        self.clone = clone
        self.start = start
        self.hostSystem = hostSystem
        self.hostContent = hostContent
    }
}
