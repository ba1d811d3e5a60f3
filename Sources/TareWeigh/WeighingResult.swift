import TareCatalog
import TareCore

/// A weighing and what is behind it.
public struct WeighingResult: Sendable {
    /// Weights and owners; what the OS and the workload both need is the OS's.
    public var weighing: Weighing
    /// One row a package, by name.
    public var packages: [PackageWeight]
    /// How the wire weight was obtained.
    public var wireMethod: String
    /// What was weighed: `directory`, `ext4`, `qcow2`, `tar`, `docker-archive`, `oci-layout`.
    public var kind: String
    /// The package manager whose database was read; `nil` where none was found.
    public var packageManager: String?
    /// Whether the base was found out from the packages and not given.
    public var isBaseDetected: Bool
    /// The owners both ways: first with shared packages as the OS's, then as the runtime's.
    public var attributions: [Attribution]
    /// The layers of an image, lowest first.
    public var layers: [LayerWeight]
    /// Folders of at most three levels; they add up to the whole.
    public var folders: [FolderWeight]

    /// The weighing with shared packages on one side or the other.
    ///
    /// - Parameter side: `.os`, or `.runtime` for the other way.
    /// - Returns: the weighing with that attribution's owners.
    public func weighing(sharedAs side: Owner) -> Weighing {
        var other = weighing
        if let found = attributions.first(where: { $0.sharedAs == side }) { other.owners = found.owners }
        return other
    }
}

/// The owners of a tree with shared packages given to one side.
public struct Attribution: Sendable, Hashable {
    /// Who gets packages that the OS and the workload both need beyond the floor: `os` or `runtime`.
    public var sharedAs: Owner
    /// One row an owner and group.
    public var owners: [OwnerWeight]
}

/// What a layer of an image weighs.
public struct LayerWeight: Sendable, Hashable {
    /// Its digest or name.
    public var name: String
    /// The line of the recipe that made it, where the image tells.
    public var createdBy: String?
    /// Regular files of the layer that the image shows, hard links once.
    public var files: Int
    /// The sum of their sizes.
    public var used: ByteCount
    /// The sum of the sizes of all its files, hidden ones among them.
    public var unpacked: ByteCount
    /// The bytes of its blob, where it is compressed.
    public var wire: ByteCount?
}

/// What lies in one folder.
public struct FolderWeight: Sendable, Hashable {
    /// The folder, of at most three levels.
    public var path: String
    /// Regular files, hard links once.
    public var files: Int
    /// The sum of their sizes.
    public var used: ByteCount
    /// Blocks taken.
    public var allocated: ByteCount
}
