import Glibc
import TareCore
import TareImages
import TareLinux

extension Engine {
    /// Opens the files of a container, whether it runs or not.
    ///
    /// One that does not run is locked for the while, so that nobody starts it: two mounts of one writable layer would
    /// spoil it. The mount that is made for it is at no place and goes with this call, whatever ends it.
    ///
    /// - Parameters:
    ///   - id: the container.
    ///   - body: gets its files.
    /// - Returns: what `body` returns.
    /// - Throws: what `body` throws; `TareError` with the errno.
    public func withFiles<Result>(
        of id: ContainerID,
        _ body: (ContainerTree) throws(TareError) -> Result
    ) throws(TareError) -> Result {
        let folder = containers.folder(id)
        let record = try folder.readRecord()
        var mounts: [(destination: String, tree: RootedTree)] = []
        for mount in record.options.mounts {
            switch mount.source {
            case .bind(let path) where FolderMaking.isFolder(path):
                mounts.append((mount.destination, RootedTree(path)))
            case .volume(let name):
                if let volume = try volumes.find(name) { mounts.append((mount.destination, RootedTree(volume.path))) }
            default: break
            }
        }
        mounts.sort { $0.destination.utf8.count > $1.destination.utf8.count }
        let lock = try containers.lock(id)
        if try finishLocked(id).phase == .started {
            // A copy of the mount: the container's end need not wait for us, nor we for it.
            let mount = try DetachedMount(cloning: folder.root)
            _ = consume lock
            let tree = ContainerTree(root: RootedTree("/proc/self/fd/\(mount.raw)"), mounts: mounts)
            return try body(tree)
        }
        defer { withExtendedLifetime(lock) {} }
        let mount = try library(of: record).snapshots.mount(Self.key(id), isVolatile: record.options.isVolatile).make()
        let tree = ContainerTree(root: RootedTree("/proc/self/fd/\(mount.raw)"), mounts: mounts)
        return try body(tree)
    }

    /// What a container has changed against its image, sorted by path.
    ///
    /// - Complexity: O(entries of its writable layer); with snapshots by copy, O(entries + bytes of the image).
    public func changes(_ id: ContainerID) throws(TareError) -> [PathChange] {
        let folder = containers.folder(id)
        let record = try folder.readRecord()
        let places = try folder.readState().placeholders ?? []
        var changes = try library(of: record).snapshots.changedPaths(Self.key(id))
        changes.removeAll { $0.kind == .added && places.contains($0.path) }
        // Their folder has then changed by them alone.
        if !places.isEmpty, !changes.contains(where: { $0.path.hasPrefix("/etc/") }) {
            changes.removeAll { $0.kind == .changed && $0.path == "/etc" }
        }
        return changes
    }

    /// Writes all files of a container as a tar, without its volumes.
    ///
    /// - Parameters:
    ///   - id: the container.
    ///   - output: gets the archive, and is finished.
    /// - Throws: `TareError` with the errno.
    public func export(_ id: ContainerID, to output: any ByteOutput) throws(TareError) {
        try withFiles(of: id) { (tree) throws(TareError) in
            let root = try tree.root.open("/", O_RDONLY | O_DIRECTORY)
            try TreeArchive.write(nil, in: root.raw, to: output)
        }
        events.add(.container, "export", id.description)
    }
}
