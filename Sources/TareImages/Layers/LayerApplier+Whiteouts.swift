import CTareLinux
import Glibc
import TareCore
import TareLinux

extension LayerApplier {
    static let whiteoutPrefix = Array(".wh.".utf8)
    static let opaqueName = Array(".wh..wh..opq".utf8)
    static let reservedPrefix = Array(".wh..wh.".utf8)

    /// A member whose name begins with `.wh.`.
    func whiteout(_ entry: TarEntry, _ parent: [UInt8], _ name: [UInt8]) throws(TareError) {
        if name == Self.opaqueName {
            try opaque(entry, parent)
            return
        }
        // Other reserved names are AUFS's own records.
        if name.starts(with: Self.reservedPrefix) { return }
        let target = Array(name.dropFirst(Self.whiteoutPrefix.count))
        guard !target.isEmpty, target != [46], target != [46, 46] else {
            throw refused(entry, "it is a whiteout of no name")
        }
        let path = parent.isEmpty ? target : parent + [47] + target
        switch style {
        case .literal: return
        case .remove:
            guard let folder = try root.find(parent), LayerRoot.look(folder.raw, target) != nil else { return }
            try removeLower(path, target, folder)
        case .overlay:
            let folder = try self.folder(parent, for: entry)
            if let facts = LayerRoot.look(folder.raw, target) {
                // The layer's own entry hides what is below; a folder would let it shine through.
                if facts.st_mode & S_IFMT == S_IFDIR {
                    let raw = LayerRoot.text(target) {
                        openat(folder.raw, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                    }
                    guard raw >= 0 else { throw .system("cannot open it", subject: entry.pathText, errno: errno) }
                    let file = OwnedFileDescriptor(taking: raw, path: entry.pathText)
                    try markOpaque(file.raw, entry)
                }
                return
            }
            guard LayerRoot.text(target, { mknodat(folder.raw, $0, S_IFCHR, 0) }) == 0 else {
                throw .system("cannot mark it as deleted", subject: entry.pathText, errno: errno, writing: true)
            }
            hidden.insert(path)
        }
    }

    private func opaque(_ entry: TarEntry, _ parent: [UInt8]) throws(TareError) {
        switch style {
        case .literal: return
        case .overlay: try markOpaque(try folder(parent, for: entry).raw, entry)
        case .remove:
            guard let folder = try root.find(parent) else { return }
            let again = openat(folder.raw, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard again >= 0 else { throw .system("cannot open it", subject: entry.pathText, errno: errno) }
            let file = OwnedFileDescriptor(taking: again, path: entry.pathText)
            for name in try TreeRemoval.names(in: file) {
                try removeLower(parent.isEmpty ? name : parent + [47] + name, name, folder)
            }
        }
    }

    /// Removes what lower layers have at a path, and keeps what this layer has put there.
    private func removeLower(_ path: [UInt8], _ name: [UInt8], _ folder: LayerRoot.Folder) throws(TareError) {
        let own = own
        try TreeRemoval.remove(name, in: folder.raw, subject: String(decoding: path, as: UTF8.self)) { below in
            own.contains(below.isEmpty ? path : path + [47] + below)
        }
        root.forget()
    }

    func markOpaque(_ folder: Int32, _ entry: TarEntry) throws(TareError) {
        let failure = "y".withCString { tare_fd_attribute_set(folder, "trusted.overlay.opaque", $0, 1) }
        guard failure < 0 else { return }
        if failure == -EOPNOTSUPP {
            throw TareError(
                .unsupported, subject: root.subject,
                "cannot mark a folder as opaque: no attributes on this file system",
                hint: "set TARE_HOME to a folder on ext4, xfs, btrfs or tmpfs", errno: EOPNOTSUPP)
        }
        throw .system("cannot mark the folder as opaque", subject: entry.pathText, errno: -failure)
    }
}
