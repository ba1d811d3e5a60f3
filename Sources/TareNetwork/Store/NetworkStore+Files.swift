import FoundationEssentials
import Glibc
import TareCore
import TareLinux

/// Records as files.
extension NetworkStore {
    static func encode(_ value: some Encodable, _ subject: String) throws(TareError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        do { return Array(try encoder.encode(value)) } catch {
            throw TareError(.internal, subject: subject, "cannot write the record as JSON: \(error)")
        }
    }

    static func decode<Value: Decodable>(_: Value.Type, at path: String) throws(TareError) -> Value {
        let bytes = try FileReading.bytes(at: path, limit: 1 << 24)
        do { return try JSONDecoder().decode(Value.self, from: Data(bytes)) } catch {
            throw TareError(
                .corrupt,
                subject: path,
                "cannot read the record: it is not what was written",
                hint: "remove the file if nothing in it matters"
            )
        }
    }

    /// Replaces a file without waiting for the disk: a kill leaves the old or the new, a power cut maybe neither.
    static func replace(_ path: String, _ bytes: [UInt8]) throws(TareError) {
        let beside = "\(path).\(getpid()).tmp"
        do {
            let file = try OwnedFileDescriptor(opening: beside, O_WRONLY | O_CREAT | O_TRUNC)
            try file.writeAll(bytes)
        }
        guard rename(beside, path) == 0 else {
            throw .system("cannot put the new file in its place", subject: path, errno: errno, writing: true)
        }
    }

    /// Makes a file that must not be there; `false` where it is.
    static func claim(_ path: String, for owner: String) throws(TareError) -> Bool {
        do throws(TareError) {
            let file = try OwnedFileDescriptor(opening: path, O_WRONLY | O_CREAT | O_EXCL)
            try file.writeAll(Array(owner.utf8))
            return true
        } catch {
            if error.errno == EEXIST { return false }
            throw error
        }
    }

    /// Removes a file; one that is gone is fine.
    static func drop(_ path: String) throws(TareError) {
        if unlink(path) != 0, errno != ENOENT {
            throw .system("cannot remove it", subject: path, errno: errno, writing: true)
        }
    }

    /// The names in a folder, sorted, without hidden and half-written ones; none where there is no folder.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix("."), !name.hasSuffix(".tmp") { names.append(name) }
        }
        return names.sorted()
    }
}
