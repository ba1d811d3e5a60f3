import CTareLinux
import FoundationEssentials
import Glibc
import TareCore
import TareLinux
import TareOCI

/// Image names and what they stand for; each change is seen as a whole or not at all.
///
/// Names are texts here: give them in the full form that `ImageReference` makes, so that one image has one name.
public struct ImageStore: Sendable {
    let folder: StoreFolder

    init(_ folder: StoreFolder) { self.folder = folder }

    /// What a name stands for; `nil` where there is no such name.
    ///
    /// - Throws: `corrupt` where the record is damaged; `TareError` with the errno.
    public func find(_ name: String) throws(TareError) -> ImageRecord? { try read(path(name)) }

    /// What a name stands for.
    ///
    /// - Throws: `notFound` where there is no such name.
    public func get(_ name: String) throws(TareError) -> ImageRecord {
        if let record = try find(name) { return record }
        throw TareError(
            .notFound, subject: name, "cannot find an image of this name",
            hint: "see `tare image ls`, or pull, load or build it")
    }

    /// All names, sorted.
    ///
    /// - Complexity: O(names), a small file each.
    public func list() throws(TareError) -> [ImageRecord] {
        var found: [ImageRecord] = []
        for entry in try StoreFolder.entries(folder.names) where !entry.hasSuffix(".tmp") {
            if let record = try read(folder.names + "/" + entry) { found.append(record) }
        }
        return found.sorted { $0.name < $1.name }
    }

    /// Gives an image a name; a name that is there is moved to it.
    ///
    /// - Parameters:
    ///   - name: the full name.
    ///   - target: the manifest or index, whose blob must be there.
    /// - Returns: what was written down.
    /// - Throws: `notFound` where the blob is not there; `TareError` with the errno.
    @discardableResult
    public func put(_ name: String, _ target: Descriptor) throws(TareError) -> ImageRecord {
        let record = ImageRecord(name: name, target: target, updated: Int64(Date().timeIntervalSince1970))
        let text = try JSONText.encode(record)
        let path = try path(name)
        try folder.adding { () throws(TareError) in
            guard access(folder.blobPath(target.digest), F_OK) == 0 else {
                throw TareError(
                    .notFound, subject: name, "cannot name the image: its manifest \(target.digest) is not in the store"
                )
            }
            try AtomicFile.write(path, text: text + "\n")
        }
        return record
    }

    /// Takes a name away; the image stays until it is collected.
    ///
    /// - Returns: whether there was such a name.
    @discardableResult
    public func remove(_ name: String) throws(TareError) -> Bool {
        if unlink(try path(name)) == 0 {
            try FolderMaking.synchronise(folder.names)
            return true
        }
        if errno == ENOENT { return false }
        throw .system("cannot remove the name", subject: name, errno: errno, writing: true)
    }

    private func path(_ name: String) throws(TareError) -> String {
        folder.names + "/" + (try StoreFolder.fileName(name))
    }

    private func read(_ path: String) throws(TareError) -> ImageRecord? {
        let text: String
        do throws(TareError) { text = try FileReading.text(at: path, limit: 1 << 20) } catch {
            if error.errno == ENOENT { return nil }
            throw error
        }
        return try JSONText.decode(ImageRecord.self, from: text, subject: path)
    }
}
