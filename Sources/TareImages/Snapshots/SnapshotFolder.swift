import CTareLinux
import FoundationEssentials
import Glibc
import TareCore
import TareLinux

/// How snapshots lie on the disk, for all snapshotters.
///
///     snapshots/<snapshotter>/active/<name>/      record.json, fs/, work/
///     snapshots/<snapshotter>/committed/<name>/   record.json, fs/
///     snapshots/<snapshotter>/new/<unique>/       half made, or on its way out; locked while somebody is at it
///
/// A snapshot comes, changes its kind and goes by one rename(2) of its folder.
struct SnapshotFolder: Sendable {
    let store: StoreFolder
    let path: String

    private struct Record: Codable {
        var key: String
        /// The key from the moment on that the folder lies under `committed`.
        var committedKey: String?
        var parent: String?
        var created: Int64
        var labels: [String: String]
    }

    init(_ store: StoreFolder, _ name: String) throws(TareError) {
        self.store = store
        path = store.snapshots + "/" + name
        for folder in ["active", "committed", "new"] { try FolderMaking.make(path + "/" + folder, mode: 0o711) }
    }

    func place(_ kind: Snapshot.Kind, _ key: String) throws(TareError) -> String {
        path + "/" + kind.rawValue + "/" + (try StoreFolder.fileName(key))
    }

    func find(_ key: String) throws(TareError) -> Snapshot? {
        if let found = try read(.committed, try place(.committed, key)) { return found }
        return try read(.active, try place(.active, key))
    }

    func get(_ key: String) throws(TareError) -> Snapshot {
        if let found = try find(key) { return found }
        throw TareError(.notFound, subject: key, "cannot find a snapshot of this key")
    }

    /// The folder of a snapshot's own files.
    func files(_ snapshot: Snapshot) throws(TareError) -> String { try place(snapshot.kind, snapshot.key) + "/fs" }

    func list() throws(TareError) -> [Snapshot] {
        var found: [Snapshot] = []
        for kind in [Snapshot.Kind.active, .committed] {
            let folder = path + "/" + kind.rawValue
            for name in try StoreFolder.entries(folder) {
                if let snapshot = try read(kind, folder + "/" + name) { found.append(snapshot) }
            }
        }
        return found.sorted { $0.key < $1.key }
    }

    /// The snapshots that a key stands on, itself first, lowest last.
    func chain(_ key: String) throws(TareError) -> [Snapshot] {
        var chain = [try get(key)]
        while let parent = chain.last?.parent {
            guard let next = try read(.committed, try place(.committed, parent)) else {
                throw TareError(
                    .corrupt, subject: key, "cannot use the snapshot: its parent \(parent) is not there",
                    hint: "remove it and unpack the image again")
            }
            chain.append(next)
            guard chain.count <= 4096 else {
                throw TareError(.corrupt, subject: key, "cannot use the snapshot: its parents never end")
            }
        }
        return chain
    }

    /// A folder of the caller's own that becomes a snapshot, or is swept away when its process dies.
    func begin() throws(TareError) -> NewSnapshot {
        try store.adding { () throws(TareError) in try NewSnapshot(path + "/new/" + StoreFolder.uniqueName()) }
    }

    /// Makes a prepared folder a snapshot.
    ///
    /// - Returns: whether it is; otherwise one of that key was there.
    func place(_ new: NewSnapshot, as snapshot: Snapshot) throws(TareError) -> Bool {
        try write(snapshot, committedKey: nil, in: new.path)
        let target = try place(snapshot.kind, snapshot.key)
        return try store.adding { () throws(TareError) in
            if let parent = snapshot.parent, try read(.committed, try place(.committed, parent)) == nil {
                throw TareError(
                    .notFound, subject: snapshot.key, "cannot make the snapshot: its parent \(parent) is not there")
            }
            let failure = tare_rename_new(AT_FDCWD, new.path, AT_FDCWD, target)
            if failure == -EEXIST || failure == -ENOTEMPTY { return false }
            if failure < 0 {
                throw .system("cannot place the snapshot", subject: snapshot.key, errno: -failure, writing: true)
            }
            new.isPlaced = true
            try FolderMaking.synchronise(path + "/" + snapshot.kind.rawValue)
            return true
        }
    }

    func commit(_ key: String, as name: String) throws(TareError) -> Snapshot {
        let source = try place(.active, key)
        guard var snapshot = try read(.active, source) else {
            throw TareError(.notFound, subject: key, "cannot commit: there is no active snapshot of this key")
        }
        try write(snapshot, committedKey: name, in: source)
        let failure = try store.adding { () throws(TareError) in
            tare_rename_new(AT_FDCWD, source, AT_FDCWD, try place(.committed, name))
        }
        if failure == -EEXIST || failure == -ENOTEMPTY {
            try remove(.active, key)
            return try get(name)
        }
        if failure < 0 { throw .system("cannot commit the snapshot", subject: key, errno: -failure, writing: true) }
        try FolderMaking.synchronise(path + "/committed")
        snapshot.key = name
        snapshot.kind = .committed
        try? TreeRemoval.remove(try place(.committed, name) + "/work")
        return snapshot
    }

    /// Removes a snapshot: out of sight by one rename, then file by file.
    func remove(_ kind: Snapshot.Kind, _ key: String) throws(TareError) {
        if let trash = try discard(kind, key) { try TreeRemoval.remove(trash) }
    }

    /// Puts a snapshot out of sight by one rename; `sweep` does the rest.
    func discard(_ snapshot: Snapshot) throws(TareError) { _ = try discard(snapshot.kind, snapshot.key) }

    private func discard(_ kind: Snapshot.Kind, _ key: String) throws(TareError) -> String? {
        let trash = path + "/new/" + Self.deadPrefix + StoreFolder.uniqueName()
        if rename(try place(kind, key), trash) == 0 { return trash }
        if errno == ENOENT { return nil }
        throw .system("cannot remove the snapshot", subject: key, errno: errno, writing: true)
    }

    /// Puts what dead processes left under `new` out of reach; only while nothing is added.
    func condemn() throws(TareError) {
        for name in try StoreFolder.entries(path + "/new") where !name.hasPrefix(Self.deadPrefix) {
            let folder = path + "/new/" + name
            guard let file = try? OwnedFileDescriptor(opening: folder, O_RDONLY | O_DIRECTORY),
                tare_flock(file.raw, 1, 0) == 0
            else { continue }
            _ = rename(folder, path + "/new/" + Self.deadPrefix + name)
        }
    }

    /// Removes what is out of reach, file by file.
    ///
    /// - Returns: how many there were.
    func sweep() throws(TareError) -> Int {
        var count = 0
        for name in try StoreFolder.entries(path + "/new") where name.hasPrefix(Self.deadPrefix) {
            try TreeRemoval.remove(path + "/new/" + name)
            count += 1
        }
        return count
    }

    private static let deadPrefix = "dead-"

    func write(_ snapshot: Snapshot, committedKey: String?, in folder: String) throws(TareError) {
        let record = Record(
            key: snapshot.key, committedKey: committedKey, parent: snapshot.parent, created: snapshot.created,
            labels: snapshot.labels)
        try AtomicFile.write(folder + "/record.json", text: try JSONText.encode(record) + "\n")
    }

    private func read(_ kind: Snapshot.Kind, _ folder: String) throws(TareError) -> Snapshot? {
        let text: String
        do throws(TareError) { text = try FileReading.text(at: folder + "/record.json", limit: 1 << 20) } catch {
            if error.errno == ENOENT || error.errno == ENOTDIR { return nil }
            throw error
        }
        let record = try JSONText.decode(Record.self, from: text, subject: folder)
        return Snapshot(
            key: kind == .committed ? record.committedKey ?? record.key : record.key, kind: kind,
            parent: record.parent, created: record.created, labels: record.labels)
    }

    static func now() -> Int64 { Int64(Date().timeIntervalSince1970) }
}
