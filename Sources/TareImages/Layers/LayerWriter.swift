import CTareLinux
import Glibc
import TareCore
import TareLinux
import TareOCI

/// Writes changes as a layer: the same tree and changes give the same bytes.
struct LayerWriter {
    let tree: LayerRoot
    let changes: LayerChanges
    let options: LayerOptions

    /// Writes the layer.
    ///
    /// - Parameters:
    ///   - output: gets the packed bytes, and is finished.
    ///   - showsRoot: whether the root folder's own owner and mode are among the changes.
    /// - Returns: what was written.
    /// - Throws: `TareError` with the errno; `corrupt` where a file changes while it is read.
    func write(to output: any ByteOutput, showsRoot: Bool) throws(TareError) -> LayerSummary {
        let packed = try PackedOutput(output, options)
        let tar = TarWriter(packed)
        if showsRoot || changes.opaque.contains([]) {
            var facts = stat()
            guard fstat(tree.raw, &facts) == 0 else {
                throw .system("cannot look at it", subject: tree.subject, errno: errno)
            }
            var root = try entry([], facts)
            root.attributes = try attributes(FileAttributes.list(tree.raw, subject: "/"))
            try tar.begin(root)
            if changes.opaque.contains([]) { try whiteout(LayerApplier.opaqueName, tar) }
        }
        for path in changes.paths { try member(path, tar) }
        try tar.finish()
        try packed.finish()
        guard let diffID = packed.plainDigest, let digest = packed.packedDigest else {
            throw TareError(.internal, subject: tree.subject, "the layer has no digest")
        }
        return LayerSummary(
            descriptor: Descriptor(
                mediaType: options.compression.mediaType, digest: digest, size: packed.packedSize),
            diffID: diffID, size: packed.plainSize, entries: tar.entries)
    }

    private func member(_ path: [UInt8], _ tar: TarWriter) throws(TareError) {
        let (parent, name) = LayerRoot.split(path)
        if case .whiteout = changes.kinds[path] {
            let hidden = LayerApplier.whiteoutPrefix + name
            try whiteout(parent.isEmpty ? hidden : parent + [47] + hidden, tar)
            return
        }
        guard let folder = try tree.find(parent), let facts = LayerRoot.look(folder.raw, name) else {
            throw TareError(
                .corrupt, subject: String(decoding: path, as: UTF8.self),
                "cannot write the layer: it went away meanwhile", hint: "stop what changes the tree")
        }
        var entry = try entry(path, facts)
        if let names = changes.links[facts.st_ino], let first = names.first, first != path, facts.st_nlink > 1 {
            entry.kind = .hardLink
            entry.target = first
            try tar.begin(entry)
            return
        }
        entry.attributes = try attributes(
            FileAttributes.list(name, in: folder.raw, subject: String(decoding: path, as: UTF8.self)))
        if entry.kind == .symbolicLink { entry.target = try Self.target(name, in: folder.raw) }
        try tar.begin(entry)
        if entry.kind == .file, entry.size > 0 {
            try contents(try TreeCopy.open(name, in: folder.raw, O_RDONLY, path), entry.size, tar)
        }
        if changes.opaque.contains(path) { try whiteout(path + [47] + LayerApplier.opaqueName, tar) }
    }

    private func contents(
        _ file: borrowing OwnedFileDescriptor, _ size: Int64, _ tar: TarWriter
    ) throws(TareError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
        defer { buffer.deallocate() }
        var left = size
        while left > 0 {
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(min(Int64(buffer.count), left))])
            let count = try file.read(into: room)
            guard count > 0 else {
                throw TareError(
                    .corrupt, subject: file.path, "cannot write the layer: the file became shorter meanwhile",
                    hint: "stop what changes the tree")
            }
            try tar.write(UnsafeRawBufferPointer(rebasing: room[..<count]))
            left -= Int64(count)
        }
    }

    private func whiteout(_ path: [UInt8], _ tar: TarWriter) throws(TareError) {
        // A whiteout says nothing but its name.
        try tar.begin(TarEntry(path: path, kind: .file, mode: 0))
    }

    private func entry(_ path: [UInt8], _ facts: stat) throws(TareError) -> TarEntry {
        var entry = TarEntry(path: path, kind: .file)
        switch facts.st_mode & S_IFMT {
        case S_IFREG: entry.size = Int64(facts.st_size)
        case S_IFDIR: entry.kind = .directory
        case S_IFLNK: entry.kind = .symbolicLink
        case S_IFIFO: entry.kind = .fifo
        case S_IFCHR, S_IFBLK:
            entry.kind = facts.st_mode & S_IFMT == S_IFCHR ? .characterDevice : .blockDevice
            entry.major = tare_device_major(UInt64(facts.st_rdev))
            entry.minor = tare_device_minor(UInt64(facts.st_rdev))
        default:
            throw TareError(
                .unsupported, subject: String(decoding: path, as: UTF8.self), "cannot put it into a layer")
        }
        entry.mode = UInt32(facts.st_mode & 0o7777)
        entry.user = facts.st_uid
        entry.group = facts.st_gid
        entry.modified = TarEntry.Time(
            seconds: Int64(facts.st_mtim.tv_sec), nanoseconds: Int32(facts.st_mtim.tv_nsec))
        if let latest = options.latestTime, entry.modified.seconds >= latest {
            entry.modified = TarEntry.Time(seconds: latest)
        }
        if let fixed = options.fixedTime { entry.modified = TarEntry.Time(seconds: fixed) }
        return entry
    }

    private func attributes(_ all: [TarEntry.Attribute]) -> [TarEntry.Attribute] {
        all.filter { !FileAttributes.isOverlay($0.name) }
    }

    /// Where a symbolic link leads.
    static func target(_ name: [UInt8], in folder: Int32) throws(TareError) -> [UInt8] {
        var target = [UInt8](repeating: 0, count: 4096)
        let length = LayerRoot.text(name) { path in
            target.withUnsafeMutableBytes { buffer in
                buffer.withMemoryRebound(to: CChar.self) { text in
                    text.baseAddress.map { readlinkat(folder, path, $0, 4096) } ?? -1
                }
            }
        }
        guard length >= 0 else {
            throw .system("cannot read the link", subject: String(decoding: name, as: UTF8.self), errno: errno)
        }
        return Array(target[..<length])
    }
}
