import CTareLinux
import Glibc
import TareCore
import TareLinux

/// Snapshots that share their parents' files: each keeps only what it changes, and overlay shows them on each other.
///
/// Layers are unpacked independently of each other and in parallel, since a layer's folder holds its own changes only.
public struct OverlaySnapshotter: Snapshotter {
    let folder: SnapshotFolder

    /// `overlay`.
    public var name: String { "overlay" }

    /// Opens the overlay snapshots of a store.
    ///
    /// - Throws: `unsupported` where the store lies on a file system that cannot hold an overlay's upper layer.
    init(_ store: StoreFolder) throws(TareError) {
        if let reason = Self.obstacle(store.root) { throw reason }
        folder = try SnapshotFolder(store, "overlay")
    }

    /// Why no overlay can be kept at `root`; `nil` where it can.
    static func obstacle(_ root: String) -> TareError? {
        guard let file = try? OwnedFileDescriptor(opening: root, O_RDONLY | O_DIRECTORY) else { return nil }
        let bad: [Int: String] = [
            0x794c_7630: "overlay", 0x6969: "NFS", 0x4d44: "FAT", 0x65_73_55_46: "a FUSE file system",
            0x0102_1997: "9p",
        ]
        guard let type = bad[tare_system_magic(file.raw)] else { return nil }
        return TareError(
            .unsupported, subject: root,
            "cannot keep overlay snapshots here: the folder is on \(type), which cannot hold a writable layer",
            hint: "set TARE_HOME to a folder on ext4, xfs, btrfs or tmpfs, or use copies as snapshots")
    }

    /// See `Snapshotter`.
    public func find(_ key: String) throws(TareError) -> Snapshot? { try folder.find(key) }

    /// See `Snapshotter`.
    public func list() throws(TareError) -> [Snapshot] { try folder.list() }

    /// See `Snapshotter`.
    ///
    /// Costs two small folders and a record, however big the parent is.
    @discardableResult
    public func prepare(
        _ key: String, parent: String?, labels: [String: String]
    ) throws(TareError) -> Snapshot {
        let new = try folder.begin()
        guard mkdir(new.path + "/work", 0o711) == 0 else {
            throw .system("cannot make the snapshot", subject: key, errno: errno, writing: true)
        }
        if let parent {
            // The upper's root shows as the tree's root: it must look like the parent's.
            guard let below = try folder.find(parent), below.kind == .committed else {
                throw TareError(.notFound, subject: key, "cannot make the snapshot: its parent \(parent) is not there")
            }
            try Self.copyFolderFacts(try folder.files(below), new.files)
        }
        let snapshot = Snapshot(key: key, kind: .active, parent: parent, created: SnapshotFolder.now(), labels: labels)
        guard try folder.find(key) == nil, try folder.place(new, as: snapshot) else {
            throw TareError(
                .exists, subject: key, "cannot make the snapshot: there is one of this key",
                hint: "remove it, or choose another name")
        }
        return snapshot
    }

    /// See `Snapshotter`.
    ///
    /// A volatile mount is much faster to unmount; after a crash of the machine its snapshot is refused.
    public func mount(_ key: String, isVolatile: Bool) throws(TareError) -> SnapshotMount {
        var chain = try folder.chain(key)
        guard let top = chain.first else { throw TareError(.internal, subject: key, "a chain without a snapshot") }
        if top.kind == .active { chain.removeFirst() }
        var lowers: [String] = []
        for snapshot in chain { lowers.append(try folder.files(snapshot)) }
        guard top.kind == .active else {
            return lowers.count == 1
                ? .folder(lowers[0], isReadOnly: true) : .overlay(OverlayMount(lowers: lowers))
        }
        let own = try folder.files(top)
        if lowers.isEmpty { return .folder(own, isReadOnly: false) }
        let work = try folder.place(.active, key) + "/work"
        try Self.clearVolatile(work, key)
        if isVolatile { try AtomicFile.write(PathText.join(PathText.folder(of: work), "boot"), text: Self.boot) }
        return .overlay(OverlayMount(lowers: lowers, upper: own, work: work, isVolatile: isVolatile))
    }

    /// See `Snapshotter`.
    @discardableResult
    public func commit(_ key: String, as name: String) throws(TareError) -> Snapshot {
        try folder.commit(key, as: name)
    }

    /// See `Snapshotter`.
    public func remove(_ key: String) throws(TareError) {
        guard let snapshot = try folder.find(key) else { return }
        if snapshot.kind == .committed, let above = try folder.list().first(where: { $0.parent == key }) {
            throw TareError(
                .unavailable, subject: key, "cannot remove the snapshot: \(above.key) stands on it")
        }
        try folder.remove(snapshot.kind, key)
    }

    /// See `Snapshotter`.
    public func usage(_ key: String) throws(TareError) -> SnapshotUsage {
        try TreeUsage.measure(try folder.files(try folder.get(key)))
    }

    /// A kernel refuses an upper that was mounted volatile; in the same boot nothing can have been lost.
    private static func clearVolatile(_ work: String, _ key: String) throws(TareError) {
        let marker = PathText.join(work, "work/incompat/volatile")
        guard FileReading.exists(marker) else { return }
        guard FileReading.valueIfPresent(at: PathText.join(PathText.folder(of: work), "boot")) == boot else {
            throw TareError(
                .corrupt, subject: key,
                "cannot mount the snapshot: the machine stopped before its changes were on the disk",
                hint: "remove it and make a new one")
        }
        try TreeRemoval.remove(marker)
    }

    private static let boot = FileReading.valueIfPresent(at: "/proc/sys/kernel/random/boot_id") ?? "unknown"

    static func copyFolderFacts(_ source: String, _ target: String) throws(TareError) {
        let from = try OwnedFileDescriptor(opening: source, O_RDONLY | O_DIRECTORY)
        let into = try OwnedFileDescriptor(opening: target, O_RDONLY | O_DIRECTORY)
        try copyFolderFacts(from.raw, into.raw, subject: target)
    }

    /// Owner, mode, attributes and times of one open folder to another.
    static func copyFolderFacts(_ source: Int32, _ target: Int32, subject: String) throws(TareError) {
        var facts = stat()
        guard fstat(source, &facts) == 0 else { throw .system("cannot look at it", subject: subject, errno: errno) }
        guard fchown(target, facts.st_uid, facts.st_gid) == 0, fchmod(target, facts.st_mode & 0o7777) == 0 else {
            throw .system("cannot set owner and mode", subject: subject, errno: errno)
        }
        for attribute in try FileAttributes.list(source, subject: subject)
        where !FileAttributes.isOverlay(attribute.name) {
            try FileAttributes.set(attribute, on: target, subject: subject)
        }
        let times = [facts.st_atim, facts.st_mtim]
        _ = futimens(target, times)
    }
}
