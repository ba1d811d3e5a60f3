import Glibc
import TareCore
import TareLinux

/// The containers of one state folder, for several processes at once.
///
///     <root>/by-id/<id>/...       a `ContainerFolder` each
///     <root>/by-name/<name>       the id
///
/// A container is changed by whoever holds its lock. A name is taken by making its file, which only one can do. What a
/// killed process left half made or half removed is told by the phase in its state and by the lock that nobody holds.
struct ContainerStore: Sendable {
    let root: String

    /// Opens the store, making it where there is none.
    init(root: String) throws(TareError) {
        self.root = root
        try FolderMaking.make(root + "/by-id", mode: 0o711)
        try FolderMaking.make(root + "/by-name", mode: 0o700)
    }

    func folder(_ id: ContainerID) -> ContainerFolder { ContainerFolder(path: "\(root)/by-id/\(id)") }

    /// All ids, sorted.
    func ids() throws(TareError) -> [ContainerID] {
        try FolderNames.list(root + "/by-id").compactMap { ContainerID($0) }
    }

    /// The container of a name, an id or the beginning of one.
    ///
    /// - Throws: `notFound`; `usage` where several ids begin so.
    func find(_ word: String) throws(TareError) -> ContainerID {
        if let id = ContainerID(word), FileReading.exists(folder(id).record) { return id }
        if !word.contains("/"), let text = FileReading.valueIfPresent(at: "\(root)/by-name/\(word)"),
            let id = ContainerID(text)
        {
            return id
        }
        let found = word.isEmpty ? [] : try ids().filter { $0.description.hasPrefix(word) }
        guard found.count < 2 else {
            throw TareError(
                .usage,
                subject: word,
                "cannot tell which container is meant: \(found.count) ids begin so",
                hint: "type more of the id, or the name"
            )
        }
        guard let id = found.first, FileReading.exists(folder(id).record) else {
            throw TareError(
                .notFound, subject: word, "there is no such container", hint: "`tare container ps -a` lists them")
        }
        return id
    }

    /// Takes a name.
    ///
    /// - Throws: `exists` where another container has it.
    func take(name: String, for id: ContainerID) throws(TareError) {
        let path = "\(root)/by-name/\(name)"
        for _ in 0..<3 {
            do throws(TareError) {
                let file = try OwnedFileDescriptor(opening: path, O_WRONLY | O_CREAT | O_EXCL)
                return try file.writeAll(Array(id.description.utf8))
            } catch {
                guard error.code == .exists else { throw error }
                let holder = FileReading.valueIfPresent(at: path).flatMap { ContainerID($0) }
                if holder == id { return }
                // A name whose container is gone was left by a process that was killed between two steps.
                if let holder, FileReading.exists(folder(holder).path) {
                    throw TareError(
                        .exists,
                        subject: name,
                        "another container, \(holder.short), has this name",
                        hint: "remove or rename that one, or choose another name"
                    )
                }
                if holder == nil {
                    // Made a moment ago and not written yet, or cut by a crash: only age tells.
                    usleep(20_000)
                    if FileReading.valueIfPresent(at: path)?.isEmpty == false { continue }
                }
                _ = unlink(path)
            }
        }
        throw TareError(.exists, subject: name, "another container is taking this name right now")
    }

    /// Gives a name back, where it is this container's.
    func give(name: String, of id: ContainerID) {
        let path = "\(root)/by-name/\(name)"
        if FileReading.valueIfPresent(at: path) == id.description { _ = unlink(path) }
    }

    /// Locks a container; blocks while another process changes it.
    ///
    /// - Throws: `notFound` where it was removed meanwhile.
    func lock(_ id: ContainerID, waiting: Bool = true) throws(TareError) -> FileLock {
        let folder = folder(id)
        guard FileReading.exists(folder.path) else {
            throw TareError(.notFound, subject: id.short, "there is no such container any more")
        }
        let lock = try FileLock(folder.lock, waiting: waiting)
        guard FileReading.exists(folder.lock) else {
            throw TareError(.notFound, subject: id.short, "the container was removed meanwhile")
        }
        return lock
    }
}
