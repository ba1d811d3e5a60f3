import TareCore
import TareLinux

/// Keeps root file systems as stacks of snapshots.
///
/// Words:
///
/// - **snapshot**: a root file system; it has a *key* that is unique among all snapshots.
/// - **active**: it can be written to, and nothing can stand on it: a container's writable layer, a build step.
/// - **committed**: it never changes again, and others can stand on it: an image's layer.
/// - **parent**: the committed snapshot that one stands on, whose files it shows; none for the lowest.
///
/// Life of an image's layer: `unpack(..., as: chainID)` gives a committed snapshot, or none where anything is wrong.
/// Life of a container's layer: `prepare(key, parent:)`, `mount(key)`, use, unmount, `remove(key)`.
/// Life of a build step: `prepare`, `mount`, run, unmount, `changes` to a layer, `commit(key, as: chainID)`.
///
/// Each change is seen as a whole or not at all, whatever process is killed when; several processes may use one store at
/// once. What is committed under a name that is there already is dropped: two who unpack the same layer both succeed.
/// Mounting is not recorded: who mounts, unmounts.
public protocol Snapshotter: Sendable {
    /// `overlay` or `copy`; part of where things lie, so that both can be used in one store.
    var name: String { get }

    /// The snapshot of this key; `nil` where there is none.
    func find(_ key: String) throws(TareError) -> Snapshot?

    /// All snapshots, sorted by key.
    ///
    /// - Complexity: O(snapshots), a small file each.
    func list() throws(TareError) -> [Snapshot]

    /// Makes an active snapshot.
    ///
    /// - Parameters:
    ///   - key: its key.
    ///   - parent: the committed snapshot that it stands on; `nil` for an empty one.
    ///   - labels: what the caller wants to find again.
    /// - Returns: the snapshot.
    /// - Throws: `exists` where the key is taken; `notFound` where the parent is not there.
    @discardableResult
    func prepare(_ key: String, parent: String?, labels: [String: String]) throws(TareError) -> Snapshot

    /// How to mount a snapshot: writable where it is active, read-only where it is committed.
    ///
    /// - Throws: `notFound`; `exhausted` where it has more layers than can be mounted.
    func mount(_ key: String, isVolatile: Bool) throws(TareError) -> SnapshotMount

    /// Makes an active snapshot, which must not be mounted, a committed one with the key `name`.
    ///
    /// Where `name` is there already, the active one is removed and that one returned.
    ///
    /// - Throws: `notFound`; `TareError` with the errno.
    @discardableResult
    func commit(_ key: String, as name: String) throws(TareError) -> Snapshot

    /// Unpacks an image's layer as a committed snapshot.
    ///
    /// - Parameters:
    ///   - layer: what to unpack.
    ///   - parent: the snapshot below; it need not be there before `parentReady` returns.
    ///   - key: the new snapshot's key.
    ///   - parentReady: waits until the parent is committed; called once, as late as possible.
    /// - Returns: what came out of it; `nil` where the key was there already and nothing was done.
    /// - Throws: `corrupt` where the layer is damaged, hostile or not the promised one; nothing is left then.
    func unpack(
        _ layer: LayerSource, parent: String?, as key: String, parentReady: () throws(TareError) -> Void
    ) throws(TareError) -> LayerReport?

    /// Removes a snapshot, which must not be mounted; one that is not there is no failure.
    ///
    /// - Throws: `unavailable` where others stand on it.
    func remove(_ key: String) throws(TareError)

    /// What the snapshot itself takes on the disk, without those that it stands on.
    ///
    /// - Complexity: O(files in it).
    func usage(_ key: String) throws(TareError) -> SnapshotUsage

    /// Writes what the snapshot changes against its parent as a layer.
    ///
    /// - Parameters:
    ///   - key: the snapshot; not being written to meanwhile.
    ///   - options: times and packing.
    ///   - output: gets the layer's bytes, and is finished.
    /// - Returns: what was written.
    /// - Throws: `corrupt` where it is written to meanwhile; `TareError` with the errno.
    func changes(_ key: String, options: LayerOptions, to output: any ByteOutput) throws(TareError) -> LayerSummary

    /// The changed paths against the parent, sorted.
    func changedPaths(_ key: String) throws(TareError) -> [PathChange]
}

extension Snapshotter {
    /// Makes an active snapshot without labels.
    @discardableResult
    public func prepare(_ key: String, parent: String?) throws(TareError) -> Snapshot {
        try prepare(key, parent: parent, labels: [:])
    }

    /// The snapshot of this key.
    ///
    /// - Throws: `notFound` where there is none.
    public func get(_ key: String) throws(TareError) -> Snapshot {
        if let found = try find(key) { return found }
        throw TareError(.notFound, subject: key, "cannot find a snapshot of this key")
    }

    /// How to mount a snapshot that survives a crash of the machine as far as its file system does.
    public func mount(_ key: String) throws(TareError) -> SnapshotMount { try mount(key, isVolatile: false) }
}
