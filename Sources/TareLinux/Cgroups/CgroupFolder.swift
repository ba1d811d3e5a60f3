import Glibc
import TareCore

/// One group's folder in one tree: files of one value, of lines, of keys.
struct CgroupFolder: Sendable, Hashable {
    let path: String

    var exists: Bool { FolderMaking.isFolder(path) }

    func has(_ file: String) -> Bool { FileReading.exists(PathText.join(path, file)) }

    /// The content, or `nil` where the file is not there.
    func text(_ file: String) -> String? { FileReading.valueIfPresent(at: PathText.join(path, file)) }

    /// A number; `max`, and what v1 writes for "no limit", is `nil`.
    func number(_ file: String) -> Int64? {
        guard let text = text(file), let value = UInt64(text) else { return nil }
        // v1 writes the greatest number of whole pages.
        return value > UInt64(Int64.max) - 65_536 ? nil : Int64(value)
    }

    /// Lines of a key and a number.
    func table(_ file: String) -> [Substring: UInt64] {
        var found: [Substring: UInt64] = [:]
        for line in (text(file) ?? "").split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 2, let value = UInt64(words[1]) { found[words[0]] = value }
        }
        return found
    }

    func write(_ file: String, _ value: String, wanted: String) throws(TareError) {
        let whole = PathText.join(path, file)
        do throws(TareError) {
            let target = try OwnedFileDescriptor(opening: whole, O_WRONLY)
            try target.writeAll(Array(value.utf8))
        } catch {
            throw .system("cannot \(wanted) (writing \"\(value)\")", subject: whole, errno: error.errno ?? EIO)
        }
    }

    /// The numbers in `cgroup.procs`, of the groups below too.
    func processes() -> [Int32] {
        let own = (text("cgroup.procs") ?? "").split(separator: "\n").compactMap { Int32($0) }
        return own + children().flatMap { $0.processes() }
    }

    /// Removes the folder, those below it first.
    ///
    /// The kernel says busy until the last ended process has been let go, some milliseconds after its end was seen.
    func remove() throws(TareError) {
        guard exists else { return }
        for child in children() { try child.remove() }
        var wait: UInt32 = 500
        for _ in 0..<14 {
            if rmdir(path) == 0 || errno == ENOENT { return }
            guard errno == EBUSY || errno == EINTR else { break }
            usleep(wait)
            wait = min(wait * 2, 500_000)
        }
        throw .system("cannot remove the control group", subject: path, errno: errno)
    }

    func children() -> [CgroupFolder] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var found: [CgroupFolder] = []
        while let entry = readdir(folder) {
            guard entry.pointee.d_type == UInt8(DT_DIR) else { continue }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { found.append(CgroupFolder(path: PathText.join(path, name))) }
        }
        return found
    }
}
