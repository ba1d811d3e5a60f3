import FoundationEssentials
import Glibc
import TareCore
import TareImages
import TareLinux

/// The folder of one running build: mount points and scratch files, locked as long as the build lives.
///
/// A build that was killed leaves its folder and its mounts; the next build takes both away.
final class BuildFolder {
    let path: String
    private let lock: FileLock
    private var count = 0

    /// The beginning of the keys of this build's snapshots.
    let prefix: String

    init(in home: String, _ library: ImageLibrary) throws(TareError) {
        let work = home + "/work"
        try FolderMaking.make(work, mode: 0o700)
        try Self.sweep(work, library)
        let name = "\(getpid())-\(String(UInt64.random(in: 0 ... .max), radix: 16))"
        path = work + "/" + name
        prefix = "build-\(name)-"
        // The lock comes first: a folder without one is a dead build's.
        lock = try FileLock(path + ".lock")
        try FolderMaking.make(path, mode: 0o700)
    }

    deinit { Self.remove(path) }

    /// A key for a snapshot.
    func makeKey() -> String {
        count += 1
        return prefix + String(count)
    }

    /// Makes a folder of a new name.
    func makeFolder(_ purpose: String) throws(TareError) -> String {
        count += 1
        let path = "\(self.path)/\(purpose)-\(count)"
        try FolderMaking.make(path)
        return path
    }

    /// Removes the folders and the snapshots of builds that are dead.
    private static func sweep(_ work: String, _ library: ImageLibrary) throws(TareError) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: work)) ?? [] where name.hasSuffix(".lock") {
            let path = work + "/" + name.dropLast(5)
            guard (try? FileLock(work + "/" + name)) != nil else { continue }
            unmountAll(below: path)
            let prefix = "build-\(name.dropLast(5))-"
            for snapshot in try library.snapshots.list() where snapshot.key.hasPrefix(prefix) {
                try library.snapshots.remove(snapshot.key)
            }
            remove(path)
        }
    }

    private static func remove(_ path: String) {
        unmountAll(below: path)
        // Where something is still mounted, nothing is removed: it could be somebody's files.
        guard !MountTable.current().entries.contains(where: { $0.folder.hasPrefix(path + "/") }) else { return }
        try? FileManager.default.removeItem(atPath: path)
        _ = unlink(path + ".lock")
    }

    /// Unmounts whatever is mounted below a folder, the last one first.
    static func unmountAll(below path: String) {
        for entry in MountTable.current().entries.reversed() where entry.folder.hasPrefix(path + "/") {
            do throws(TareError) { try Mounts.unmount(entry.folder) } catch {
                try? Mounts.unmount(entry.folder, lazily: true)
            }
        }
    }
}
