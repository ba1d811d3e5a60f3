import Glibc
import TareCore
import TareLinux

/// Snapshots that share nothing: each holds all files of its parent as copies of its own.
///
/// The arm without sharing of a comparison, and the way out where overlay cannot be used. Blocks are really copied, also
/// where the file system could share them.
public struct CopySnapshotter: Snapshotter {
    let folder: SnapshotFolder

    /// `copy`.
    public var name: String { "copy" }

    init(_ store: StoreFolder) throws(TareError) { folder = try SnapshotFolder(store, "copy") }

    /// See `Snapshotter`.
    public func find(_ key: String) throws(TareError) -> Snapshot? { try folder.find(key) }

    /// See `Snapshotter`.
    public func list() throws(TareError) -> [Snapshot] { try folder.list() }

    /// See `Snapshotter`.
    ///
    /// Copies the whole parent.
    @discardableResult
    public func prepare(_ key: String, parent: String?, labels: [String: String]) throws(TareError) -> Snapshot {
        let taken = TareError(
            .exists, subject: key, "cannot make the snapshot: there is one of this key",
            hint: "remove it, or choose another name")
        guard try folder.find(key) == nil else { throw taken }
        let new = try folder.begin()
        if let parent { try copy(parent, to: new) }
        let snapshot = Snapshot(key: key, kind: .active, parent: parent, created: SnapshotFolder.now(), labels: labels)
        guard try folder.place(new, as: snapshot) else { throw taken }
        return snapshot
    }

    /// See `Snapshotter`.
    public func mount(_ key: String, isVolatile: Bool) throws(TareError) -> SnapshotMount {
        let snapshot = try folder.get(key)
        return .folder(try folder.files(snapshot), isReadOnly: snapshot.kind == .committed)
    }

    /// See `Snapshotter`.
    @discardableResult
    public func commit(_ key: String, as name: String) throws(TareError) -> Snapshot {
        try folder.commit(key, as: name)
    }

    /// See `Snapshotter`.
    ///
    /// The parent is waited for first, since its files are needed.
    public func unpack(
        _ layer: LayerSource, parent: String?, as key: String, parentReady: () throws(TareError) -> Void
    ) throws(TareError) -> LayerReport? {
        try parentReady()
        if try folder.find(key) != nil { return nil }
        let new = try folder.begin()
        if let parent { try copy(parent, to: new) }
        let report = try LayerUnpack.apply(
            try layer.open(), to: new.files, style: .remove, policy: layer.policy, diffID: layer.diffID)
        let snapshot = Snapshot(key: key, kind: .committed, parent: parent, created: SnapshotFolder.now())
        return try folder.place(new, as: snapshot) ? report : nil
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

    private func copy(_ parent: String, to new: NewSnapshot) throws(TareError) {
        guard let below = try folder.find(parent), below.kind == .committed else {
            throw TareError(.notFound, subject: parent, "cannot make the snapshot: its parent is not there")
        }
        try TreeCopy.copy(try folder.files(below), to: new.files)
    }
}
