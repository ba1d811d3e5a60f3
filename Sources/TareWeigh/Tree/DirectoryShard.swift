import Glibc

/// What one thread of a walk has found: entries side by side and their names in one buffer, so that a file costs no
/// allocation of its own until its path is made.
struct DirectoryShard: Sendable {
    /// One entry of a folder.
    struct Entry: Sendable {
        var name: Range<Int>
        /// A symbolic link's target.
        var target: Range<Int>
        var kind: FileNode.Kind
        var mode: UInt32
        var size: Int64
        var allocated: Int64
        var inode: UInt64
        var device: UInt64
        /// Whether a regular file has more names than this one.
        var isLinked: Bool
        /// Where a folder's entries are; `nil` where it was not listed.
        var listing: Place?
    }

    /// A listing of the same shard, or a folder that was handed on to whichever thread is free.
    enum Place: Sendable { case here(Int), handedOn(Int) }

    /// A folder that cannot be listed, or an entry that cannot be looked at.
    struct Failure: Error {
        /// Below the walk's root, without a slash in front.
        var path: [UInt8]
        var errno: Int32
    }

    /// Names and link targets, one after the other.
    private(set) var bytes: [UInt8] = []
    private(set) var entries: [Entry] = []
    /// The entries of each listed folder, by name.
    private(set) var listings: [Range<Int>] = []

    private static let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19

    /// Lists one folder; one that is gone by now has no entries.
    ///
    /// - Parameters:
    ///   - path: below `root`, with a final zero; a dot for `root` itself.
    ///   - root: an open folder.
    ///   - device: folders on other devices are left out.
    /// - Returns: the number of the listing.
    /// - Throws: `Failure`, with the errno.
    mutating func list(_ path: [UInt8], in root: Int32, on device: dev_t) throws(Failure) -> Int {
        let descriptor = path.withUnsafeBytes { text in
            text.bindMemory(to: CChar.self).baseAddress.map {
                openat(root, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            } ?? -1
        }
        var found: [Entry] = []
        if descriptor >= 0 {
            guard let stream = fdopendir(descriptor) else {
                close(descriptor)
                throw Failure(path: path.dropLast(), errno: errno)
            }
            defer { closedir(stream) }
            errno = 0
            while let entry = readdir(stream) {
                let text = UnsafeRawPointer(entry).advanced(by: Self.nameOffset).assumingMemoryBound(to: CChar.self)
                if let one = try look(at: text, in: descriptor, of: path, device) { found.append(one) }
                errno = 0
            }
            guard errno == 0 else { throw Failure(path: path.dropLast(), errno: errno) }
        } else if errno != ENOENT || path.count == 2 && path[0] == 46 {
            throw Failure(path: path.dropLast(), errno: errno)
        }
        bytes.withUnsafeBufferPointer { text in
            found.sort { left, right in Self.precedes(text, left.name, right.name) }
        }
        listings.append(entries.count..<entries.count + found.count)
        entries += found
        return listings.count - 1
    }

    /// Sets where the entries of a folder are.
    mutating func place(_ entry: Int, at listing: Place) { entries[entry].listing = listing }

    /// The path of an entry of the folder `parent`, both with a final zero.
    func path(of entry: Int, in parent: [UInt8]) -> [UInt8] {
        var path = parent.count == 2 && parent[0] == 46 ? [] : parent.dropLast() + [47]
        path += bytes[entries[entry].name]
        path.append(0)
        return path
    }

    private mutating func look(
        at text: UnsafePointer<CChar>,
        in folder: Int32,
        of path: [UInt8],
        _ device: dev_t
    ) throws(Failure) -> Entry? {
        let length = strlen(text)
        if text[0] == 46, length == 1 || (length == 2 && text[1] == 46) { return nil }
        var facts = stat()
        guard fstatat(folder, text, &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
            // It was there a moment ago: a system that lives is weighed without it.
            if errno == ENOENT { return nil }
            let name = UnsafeRawBufferPointer(start: text, count: length)
            throw Failure(path: path.dropLast() + [47] + name, errno: errno)
        }
        let kind: FileNode.Kind =
            switch facts.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .directory
            case S_IFLNK: .symlink
            default: .other
            }
        if kind == .directory, facts.st_dev != device { return nil }
        let start = bytes.count
        bytes.append(contentsOf: UnsafeRawBufferPointer(start: text, count: length))
        let name = start..<bytes.count
        if kind == .symlink {
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { target in
                guard let start = target.baseAddress else { return }
                let count = readlinkat(folder, text, start, target.count)
                if count > 0 { bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count)) }
            }
        }
        return Entry(
            name: name,
            target: name.upperBound..<bytes.count,
            kind: kind,
            mode: facts.st_mode,
            size: kind == .regular ? Int64(facts.st_size) : 0,
            allocated: Int64(facts.st_blocks) * 512,
            inode: UInt64(facts.st_ino),
            device: UInt64(facts.st_dev),
            isLinked: kind == .regular && facts.st_nlink > 1,
            listing: nil
        )
    }

    private static func precedes(_ text: UnsafeBufferPointer<UInt8>, _ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard let base = text.baseAddress else { return false }
        let order = memcmp(base + left.lowerBound, base + right.lowerBound, min(left.count, right.count))
        return order != 0 ? order < 0 : left.count < right.count
    }
}
