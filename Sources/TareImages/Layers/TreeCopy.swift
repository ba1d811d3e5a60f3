import CTareLinux
import Glibc
import TareCore
import TareLinux

/// Copies trees with all that a root file system has: owners, modes, times, attributes, hard links, holes, devices.
enum TreeCopy {
    private struct Identity: Hashable {
        var device: dev_t
        var inode: ino_t
    }

    private struct State {
        /// Where a file with several names was copied to: an open folder cannot be kept for each, so a path from the
        /// target's root.
        var links: [Identity: [UInt8]] = [:]
        let root: Int32
        let subject: String
    }

    /// Copies all below `source`, and its own owner, mode, attributes and times, to the empty folder `target`.
    ///
    /// - Complexity: O(entries + bytes).
    static func copy(_ source: String, to target: String) throws(TareError) {
        let from = try OwnedFileDescriptor(opening: source, O_RDONLY | O_DIRECTORY)
        let into = try OwnedFileDescriptor(opening: target, O_RDONLY | O_DIRECTORY)
        var state = State(root: into.raw, subject: target)
        try folder(from, into, [], &state)
    }

    private static func folder(
        _ from: borrowing OwnedFileDescriptor, _ into: borrowing OwnedFileDescriptor, _ path: [UInt8],
        _ state: inout State
    ) throws(TareError) {
        for name in try TreeRemoval.names(in: from) {
            guard let facts = LayerRoot.look(from.raw, name) else { continue }
            let below = path.isEmpty ? name : path + [47] + name
            switch facts.st_mode & S_IFMT {
            case S_IFDIR:
                guard LayerRoot.text(name, { mkdirat(into.raw, $0, 0o700) }) == 0 else { throw trouble(below) }
                let inner = try open(name, in: from.raw, O_RDONLY | O_DIRECTORY, below)
                let fresh = try open(name, in: into.raw, O_RDONLY | O_DIRECTORY, below)
                try folder(inner, fresh, below, &state)
            case S_IFSOCK: continue
            default: try entry(name, facts, from.raw, into.raw, below, &state)
            }
        }
        try OverlaySnapshotter.copyFolderFacts(from.raw, into.raw, subject: state.subject)
    }

    private static func entry(
        _ name: [UInt8], _ facts: stat, _ from: Int32, _ into: Int32, _ path: [UInt8], _ state: inout State
    ) throws(TareError) {
        if facts.st_nlink > 1 {
            let identity = Identity(device: facts.st_dev, inode: facts.st_ino)
            if let first = state.links[identity] {
                let failure = LayerRoot.text(first) { old in
                    LayerRoot.text(name) { linkat(state.root, old, into, $0, 0) }
                }
                guard failure == 0 else { throw trouble(path) }
                return
            }
            state.links[identity] = path
        }
        if facts.st_mode & S_IFMT == S_IFREG {
            try file(name, facts, from, into, path)
            return
        }
        if facts.st_mode & S_IFMT == S_IFLNK {
            var target = [UInt8](repeating: 0, count: 4096)
            let length = LayerRoot.text(name) { path in
                target.withUnsafeMutableBytes { buffer in
                    buffer.withMemoryRebound(to: CChar.self) { text in
                        text.baseAddress.map { readlinkat(from, path, $0, 4096) } ?? -1
                    }
                }
            }
            guard length > 0,
                LayerRoot.text(
                    Array(target[..<length]), { target in LayerRoot.text(name) { symlinkat(target, into, $0) } }) == 0
            else { throw trouble(path) }
        } else {
            guard LayerRoot.text(name, { mknodat(into, $0, facts.st_mode, facts.st_rdev) }) == 0 else {
                throw trouble(path)
            }
        }
        guard LayerRoot.text(name, { fchownat(into, $0, facts.st_uid, facts.st_gid, AT_SYMLINK_NOFOLLOW) }) == 0 else {
            throw trouble(path)
        }
        if facts.st_mode & S_IFMT != S_IFLNK {
            _ = LayerRoot.text(name) { fchmodat(into, $0, facts.st_mode & 0o7777, 0) }
        }
        for attribute in try FileAttributes.list(name, in: from, subject: text(path)) {
            try FileAttributes.set(attribute, on: name, in: into, subject: text(path))
        }
        let times = [facts.st_atim, facts.st_mtim]
        _ = LayerRoot.text(name) { utimensat(into, $0, times, AT_SYMLINK_NOFOLLOW) }
    }

    private static func file(
        _ name: [UInt8], _ facts: stat, _ from: Int32, _ into: Int32, _ path: [UInt8]
    ) throws(TareError) {
        let source = try open(name, in: from, O_RDONLY, path)
        let target = try open(name, in: into, O_WRONLY | O_CREAT | O_EXCL, path)
        try contents(source, target, Int64(facts.st_size), path)
        guard fchown(target.raw, facts.st_uid, facts.st_gid) == 0, fchmod(target.raw, facts.st_mode & 0o7777) == 0
        else {
            throw trouble(path)
        }
        for attribute in try FileAttributes.list(source.raw, subject: text(path)) {
            try FileAttributes.set(attribute, on: target.raw, subject: text(path))
        }
        let times = [facts.st_atim, facts.st_mtim]
        _ = futimens(target.raw, times)
    }

    private static let seekData: Int32 = 3
    private static let seekHole: Int32 = 4

    /// Copies what is no hole, by reading and writing: the kernel's own calls may share blocks instead.
    private static func contents(
        _ source: borrowing OwnedFileDescriptor, _ target: borrowing OwnedFileDescriptor, _ size: Int64,
        _ path: [UInt8]
    ) throws(TareError) {
        var offset: off_t = 0
        while offset < size {
            let start = lseek(source.raw, offset, seekData)
            if start < 0 {
                if errno == ENXIO { break }
                throw trouble(path)
            }
            let end = lseek(source.raw, start, seekHole)
            try plain(source, target, start, end)
            offset = end
        }
        try target.truncate(to: size)
    }

    private static func plain(
        _ source: borrowing OwnedFileDescriptor, _ target: borrowing OwnedFileDescriptor, _ start: off_t,
        _ end: off_t
    ) throws(TareError) {
        var offset = start
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
        defer { buffer.deallocate() }
        _ = lseek(target.raw, offset, SEEK_SET)
        while offset < end {
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, Int(end - offset))])
            let count = try source.read(into: room, at: Int64(offset))
            if count == 0 { return }
            try target.writeAll(UnsafeRawBufferPointer(rebasing: room[..<count]))
            offset += off_t(count)
        }
    }

    static func open(
        _ name: [UInt8], in folder: Int32, _ flags: Int32, _ path: [UInt8]
    ) throws(TareError) -> OwnedFileDescriptor {
        let raw = LayerRoot.text(name) { openat(folder, $0, flags | O_NOFOLLOW | O_CLOEXEC, 0o600) }
        guard raw >= 0 else { throw trouble(path) }
        return OwnedFileDescriptor(taking: raw, path: text(path))
    }

    private static func text(_ path: [UInt8]) -> String { String(decoding: path, as: UTF8.self) }

    private static func trouble(_ path: [UInt8]) -> TareError {
        .system("cannot copy it", subject: text(path), errno: errno, writing: true)
    }
}
