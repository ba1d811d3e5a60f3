import TareCore

/// What one root file system, image or disk weighs, split by who owns the bytes.
///
/// `TareWeigh` makes it; the catalogue stores some; the model and the claims read it. The owners' `used` bytes add up to
/// `weights.used` exactly.
public struct Weighing: Codable, Sendable, Hashable {
    /// What was weighed: `flask on debian-12-cloud`, or a path.
    public var subject: String
    /// The workload inside, by its catalogue id; `nil` for a bare base system.
    public var workload: String?
    /// The base system inside, by its catalogue id; `nil` where it is not known.
    public var base: String?
    /// Measured here, or a stored measurement (then `measuredOn` and `machine` say when and where).
    public var evidence: Evidence
    /// ISO date of the measurement.
    public var measuredOn: String?
    /// The machine of the measurement, in one line.
    public var machine: String?
    /// The digest of the weighed content.
    public var content: Digest?
    /// The four weights of the whole.
    public var weights: DiskWeights
    /// One row an owner and group, owners in stack order.
    public var owners: [OwnerWeight]

    /// Makes a weighing.
    public init(
        subject: String,
        workload: String?,
        base: String?,
        evidence: Evidence,
        measuredOn: String? = nil,
        machine: String? = nil,
        content: Digest? = nil,
        weights: DiskWeights,
        owners: [OwnerWeight]
    ) {
        self.subject = subject
        self.workload = workload
        self.base = base
        self.evidence = evidence
        self.measuredOn = measuredOn
        self.machine = machine
        self.content = content
        self.weights = weights
        self.owners = owners
    }

    /// The bytes of one owner, by one weight; `virtual` has no owners and counts as `used`.
    public func bytes(of owner: Owner, by weight: DiskWeight) -> ByteCount {
        owners.lazy.filter { $0.owner == owner }.reduce(.zero) { $0 + $1.bytes(by: weight) }
    }
}

/// The four weights of one disk, image or tree, in bytes.
public struct DiskWeights: Codable, Sendable, Hashable {
    /// The size of the volume; for a directory or an image, which have none, equal to `used`.
    public var virtual: ByteCount
    /// Blocks taken on the host.
    public var allocated: ByteCount
    /// Sum of the regular files' sizes, hard links once.
    public var used: ByteCount
    /// Compressed bytes.
    public var wire: ByteCount

    enum CodingKeys: String, CodingKey {
        case virtual = "virtual_bytes"
        case allocated = "allocated_bytes"
        case used = "used_bytes"
        case wire = "wire_bytes"
    }

    /// Makes the four weights.
    public init(virtual: ByteCount, allocated: ByteCount, used: ByteCount, wire: ByteCount) {
        self.virtual = virtual
        self.allocated = allocated
        self.used = used
        self.wire = wire
    }

    /// One of the four.
    public subscript(weight: DiskWeight) -> ByteCount {
        switch weight {
        case .virtual: virtual
        case .allocated: allocated
        case .used: used
        case .wire: wire
        }
    }
}

/// What one owner holds within one group (kernel, modules, boot, base, services, ...).
public struct OwnerWeight: Codable, Sendable, Hashable {
    /// Who owns it.
    public var owner: Owner
    /// Which part: one of the words of `OwnerGroup`.
    public var group: OwnerGroup
    /// Regular files, hard links once.
    public var files: Int
    /// Sum of the files' sizes.
    public var used: ByteCount
    /// Blocks taken.
    public var allocated: ByteCount
    /// Compressed on its own.
    public var wire: ByteCount

    enum CodingKeys: String, CodingKey {
        case owner, group, files
        case used = "used_bytes"
        case allocated = "allocated_bytes"
        case wire = "wire_bytes"
    }

    /// Makes a row.
    public init(
        owner: Owner,
        group: OwnerGroup,
        files: Int,
        used: ByteCount,
        allocated: ByteCount,
        wire: ByteCount
    ) {
        self.owner = owner
        self.group = group
        self.files = files
        self.used = used
        self.allocated = allocated
        self.wire = wire
    }

    /// The row's bytes by one weight; `virtual` has no owners and counts as `used`.
    public func bytes(by weight: DiskWeight) -> ByteCount {
        switch weight {
        case .virtual, .used: used
        case .allocated: allocated
        case .wire: wire
        }
    }
}

/// The part of an owner's bytes.
public enum OwnerGroup: String, Codable, Sendable, CaseIterable, Hashable {
    /// The kernel image.
    case kernel
    /// Kernel modules.
    case modules
    /// Initramfs, boot loader and its files.
    case boot
    /// Base userland: what every Debian has.
    case base
    /// System services and administration tools beyond the base.
    case services
    /// The package manager's database and caches.
    case packageDatabase = "package-database"
    /// Documentation, manual pages and locales.
    case docs
    /// Files that no package owns and that package scripts or tools made.
    case generated
    /// The language runtime or server program.
    case runtime
    /// Shared libraries that the runtime or the application needs.
    case libraries
    /// The application's own files.
    case application
    /// File system metadata: inode tables, bitmaps, journal.
    case filesystem
    /// What the running instance wrote.
    case written
    /// What fits nowhere else; never silently dropped.
    case other
}
