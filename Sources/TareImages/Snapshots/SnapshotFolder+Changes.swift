import Glibc
import TareCore
import TareLinux

extension SnapshotFolder {
    /// Writes changes of a snapshot as a layer.
    func write(
        _ changes: LayerChanges, of snapshot: Snapshot, _ options: LayerOptions, to output: any ByteOutput
    ) throws(TareError) -> LayerSummary {
        let own = try files(snapshot)
        let tree = try LayerRoot(own)
        var below: String?
        if let parent = snapshot.parent { below = try files(try get(parent)) }
        return try LayerWriter(tree: tree, changes: changes, options: options)
            .write(to: output, showsRoot: try Self.hasOtherRoot(own, below))
    }

    /// Changes for people: what was added is told from what was changed by looking at the parent.
    static func list(_ changes: LayerChanges, below: LayerRoot?) throws(TareError) -> [PathChange] {
        var found: [PathChange] = []
        for path in changes.paths {
            let text = "/" + String(decoding: path, as: UTF8.self)
            if case .whiteout = changes.kinds[path] {
                found.append(PathChange(path: text, kind: .deleted))
                continue
            }
            let (parent, name) = LayerRoot.split(path)
            var wasThere = false
            if let folder = try below?.find(parent) { wasThere = LayerRoot.look(folder.raw, name) != nil }
            found.append(PathChange(path: text, kind: wasThere ? .changed : .added))
        }
        return found.sorted()
    }

    /// Whether the root folder's owner, mode or attributes are not those below; its time always is another.
    private static func hasOtherRoot(_ own: String, _ below: String?) throws(TareError) -> Bool {
        var facts = stat()
        guard stat(own, &facts) == 0 else { throw .system("cannot look at it", subject: own, errno: errno) }
        var old = stat()
        var attributes: [TarEntry.Attribute] = []
        if let below {
            guard stat(below, &old) == 0 else { throw .system("cannot look at it", subject: below, errno: errno) }
            let file = try OwnedFileDescriptor(opening: below, O_RDONLY | O_DIRECTORY)
            attributes = try FileAttributes.list(file.raw, subject: below)
        } else {
            old.st_mode = S_IFDIR | 0o755
        }
        let file = try OwnedFileDescriptor(opening: own, O_RDONLY | O_DIRECTORY)
        let now = try FileAttributes.list(file.raw, subject: own)
        return old.st_mode != facts.st_mode || old.st_uid != facts.st_uid || old.st_gid != facts.st_gid
            || attributes.filter({ !FileAttributes.isOverlay($0.name) })
                != now.filter({ !FileAttributes.isOverlay($0.name) })
    }
}

extension OverlaySnapshotter {
    /// See `Snapshotter`.
    public func changes(
        _ key: String, options: LayerOptions, to output: any ByteOutput
    ) throws(TareError) -> LayerSummary {
        let snapshot = try folder.get(key)
        return try folder.write(try UpperChanges.read(try folder.files(snapshot)), of: snapshot, options, to: output)
    }

    /// See `Snapshotter`.
    public func changedPaths(_ key: String) throws(TareError) -> [PathChange] {
        let snapshot = try folder.get(key)
        let changes = try UpperChanges.read(try folder.files(snapshot))
        guard let parent = snapshot.parent else { return try SnapshotFolder.list(changes, below: nil) }
        return try SnapshotFolder.list(changes, below: try view(parent))
    }
}

extension CopySnapshotter {
    /// See `Snapshotter`.
    public func changes(
        _ key: String, options: LayerOptions, to output: any ByteOutput
    ) throws(TareError) -> LayerSummary {
        let snapshot = try folder.get(key)
        return try folder.write(try compared(snapshot), of: snapshot, options, to: output)
    }

    /// See `Snapshotter`.
    public func changedPaths(_ key: String) throws(TareError) -> [PathChange] {
        let snapshot = try folder.get(key)
        let changes = try compared(snapshot)
        guard let parent = snapshot.parent else { return try SnapshotFolder.list(changes, below: nil) }
        return try SnapshotFolder.list(changes, below: try LayerRoot(try folder.files(try folder.get(parent))))
    }

    private func compared(_ snapshot: Snapshot) throws(TareError) -> LayerChanges {
        let own = try folder.files(snapshot)
        guard let parent = snapshot.parent else { return try UpperChanges.read(own) }
        return try TreeChanges.compare(try folder.files(try folder.get(parent)), own)
    }
}
