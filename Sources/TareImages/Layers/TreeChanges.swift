import Glibc
import TareCore
import TareLinux

/// Finds what a tree changes against another one by comparing both, contents included.
struct TreeChanges {
    private var changes = LayerChanges()
    private var lowerLinks = LayerChanges()
    /// Files with several names, which are compared once all names are known.
    private var linked: [(path: [UInt8], lower: ino_t, upper: ino_t)] = []

    /// The changes from `lower` to `upper`.
    ///
    /// - Complexity: O(entries + bytes of files that look the same).
    static func compare(_ lower: String, _ upper: String) throws(TareError) -> LayerChanges {
        let below = try OwnedFileDescriptor(opening: lower, O_RDONLY | O_DIRECTORY)
        let above = try OwnedFileDescriptor(opening: upper, O_RDONLY | O_DIRECTORY)
        var comparison = TreeChanges()
        try comparison.walk(below, above, [])
        comparison.changes.completeLinks()
        comparison.lowerLinks.completeLinks()
        // A file whose set of names is another one has changed, though none of the names has.
        for (path, lower, upper) in comparison.linked
        where comparison.lowerLinks.links[lower] != comparison.changes.links[upper] {
            comparison.changes.add(path, .entry)
        }
        comparison.changes.completeLinks()
        return comparison.changes
    }

    private mutating func walk(
        _ lower: borrowing OwnedFileDescriptor, _ upper: borrowing OwnedFileDescriptor, _ path: [UInt8]
    ) throws(TareError) {
        let below = Set(try TreeRemoval.names(in: lower))
        let above = try TreeRemoval.names(in: upper)
        for name in below.subtracting(above) { changes.add(path.isEmpty ? name : path + [47] + name, .whiteout) }
        for name in above {
            guard let facts = LayerRoot.look(upper.raw, name), facts.st_mode & S_IFMT != S_IFSOCK else { continue }
            let here = path.isEmpty ? name : path + [47] + name
            changes.note(facts, here)
            guard below.contains(name), let old = LayerRoot.look(lower.raw, name) else {
                try addAll(upper, name, here, facts)
                continue
            }
            lowerLinks.note(old, here)
            let kind = facts.st_mode & S_IFMT
            guard kind == old.st_mode & S_IFMT else {
                try addAll(upper, name, here, facts)
                continue
            }
            if try !isSame(name, old, facts, lower.raw, upper.raw, here) { changes.add(here, .entry) }
            if kind == S_IFDIR {
                let from = try TreeCopy.open(name, in: lower.raw, O_RDONLY | O_DIRECTORY, here)
                let into = try TreeCopy.open(name, in: upper.raw, O_RDONLY | O_DIRECTORY, here)
                try walk(from, into, here)
            } else if facts.st_nlink > 1 || old.st_nlink > 1 {
                linked.append((here, old.st_ino, facts.st_ino))
            }
        }
    }

    private mutating func addAll(
        _ folder: borrowing OwnedFileDescriptor, _ name: [UInt8], _ path: [UInt8], _ facts: stat
    ) throws(TareError) {
        changes.add(path, .entry)
        guard facts.st_mode & S_IFMT == S_IFDIR else { return }
        let inner = try TreeCopy.open(name, in: folder.raw, O_RDONLY | O_DIRECTORY, path)
        for child in try TreeRemoval.names(in: inner) {
            guard let facts = LayerRoot.look(inner.raw, child), facts.st_mode & S_IFMT != S_IFSOCK else { continue }
            changes.note(facts, path + [47] + child)
            try addAll(inner, child, path + [47] + child, facts)
        }
    }

    private func isSame(
        _ name: [UInt8], _ old: stat, _ new: stat, _ lower: Int32, _ upper: Int32, _ path: [UInt8]
    ) throws(TareError) -> Bool {
        guard old.st_mode == new.st_mode, old.st_uid == new.st_uid, old.st_gid == new.st_gid,
            old.st_rdev == new.st_rdev, old.st_mtim.tv_sec == new.st_mtim.tv_sec,
            old.st_mtim.tv_nsec == new.st_mtim.tv_nsec
        else { return false }
        let kind = new.st_mode & S_IFMT
        if kind != S_IFDIR, old.st_size != new.st_size { return false }
        let text = String(decoding: path, as: UTF8.self)
        guard
            try FileAttributes.list(name, in: lower, subject: text)
                == FileAttributes.list(name, in: upper, subject: text)
        else { return false }
        if kind == S_IFLNK { return try LayerWriter.target(name, in: lower) == LayerWriter.target(name, in: upper) }
        guard kind == S_IFREG, new.st_size > 0 else { return true }
        let from = try TreeCopy.open(name, in: lower, O_RDONLY, path)
        let into = try TreeCopy.open(name, in: upper, O_RDONLY, path)
        return try Self.haveSameBytes(from, into)
    }

    private static func haveSameBytes(
        _ one: borrowing OwnedFileDescriptor, _ other: borrowing OwnedFileDescriptor
    ) throws(TareError) -> Bool {
        let size = 1 << 17
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * size, alignment: 4096)
        defer { buffer.deallocate() }
        let left = UnsafeMutableRawBufferPointer(rebasing: buffer[..<size])
        let right = UnsafeMutableRawBufferPointer(rebasing: buffer[size...])
        while true {
            let count = try one.read(into: left)
            guard try other.read(into: right) == count else { return false }
            if count == 0 { return true }
            guard let first = left.baseAddress, let second = right.baseAddress, memcmp(first, second, count) == 0 else {
                return false
            }
        }
    }
}
