import TareCore

/// How the VMs are run.
public struct VMPlatform: Codable, Sendable, Hashable {
    /// How one guest's disk comes from the base disk.
    public enum Clone: String, Codable, Sendable, CaseIterable {
        /// A copy of every block.
        case full
        /// A thin disk over the base.
        case linked
        /// One read-only base and a private upper layer.
        case sharedBase = "shared-base"
    }

    /// The hypervisor profiles that the model knows.
    public static let profiles = ["nitro", "nitro-burstable", "qemu-kvm", "microvm", "cloud-hypervisor"]

    /// The hypervisor profile.
    public var profile: String
    /// The numbers of a profile of the user's own, whose name is then `own`; `nil` for a built-in one.
    public var numbers: VMProfileNumbers?
    /// The kind of volume: `gp3`.
    public var volumeKind: String
    /// The size of each guest's volume.
    public var volume: ByteCount
    /// How the disk is made.
    public var clone: Clone

    /// Makes a VM side; by default Nitro with a full 8 GiB gp3 volume each.
    public init(
        profile: String = "nitro",
        volumeKind: String = "gp3",
        volume: ByteCount = .gibibytes(8),
        clone: Clone = .full
    ) {
        self.profile = profile
        self.volumeKind = volumeKind
        self.volume = volume
        self.clone = clone
    }
}

/// How the containers are run.
public struct ContainerPlatform: Codable, Sendable, Hashable {
    /// The engine profiles that the model knows.
    public static let profiles = ["engine"]
    /// The storage drivers that the model knows.
    public static let storages = ["overlay", "copy"]

    /// The engine profile: a built-in one, or the path of a calibrated one, which begins with `/`, `./` or `../`.
    public var profile: String
    /// The storage driver.
    public var storage: String
    /// The first host port that is published; `nil` for none.
    public var publish: Int?

    /// Makes a container side; by default the engine with overlay storage.
    public init(profile: String = "engine", storage: String = "overlay", publish: Int? = nil) {
        self.profile = profile
        self.storage = storage
        self.publish = publish
    }
}
