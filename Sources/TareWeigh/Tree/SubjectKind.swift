import Glibc
import TareCore
import TareOCI

/// What a path is, told by its content and never by its name.
enum SubjectKind: String, Sendable, CaseIterable {
    case directory
    /// A disk image, with ext4 at its start or in a partition.
    case disk
    case qcow2
    case tar
    case dockerArchive = "docker-archive"
    /// An OCI layout in one archive.
    case ociArchive = "oci-archive"
    /// An OCI layout in a folder.
    case ociFolder = "oci-layout"

    /// Looks at what is at `path`: a few blocks of a disk, the first members of an archive.
    ///
    /// - Throws: `notFound`, `noPermission`, `corrupt`, or `unsupported` with the name of a format that is known but
    ///   cannot be read.
    static func detect(_ path: String) throws(TareError) -> SubjectKind {
        var facts = stat()
        guard stat(path, &facts) == 0 else {
            guard errno == ELOOP else { throw .system("cannot weigh it", subject: path, errno: errno) }
            throw TareError(
                .invalid, subject: path, "cannot weigh it: it is a symbolic link that leads back to itself",
                hint: "give the path of what the link should lead to", errno: ELOOP)
        }
        for (bits, name) in special where facts.st_mode & S_IFMT == bits {
            throw TareError(
                .invalid, subject: path, "cannot weigh it: it is \(name)",
                hint: "give a directory, a disk, an archive or an image")
        }
        if facts.st_mode & S_IFMT == S_IFDIR {
            let isLayout = [ImageLayout.markerName, ImageLayout.indexName].allSatisfy {
                access(path + "/" + $0, F_OK) == 0
            }
            return isLayout ? .ociFolder : .directory
        }
        let file = try RawFile(path)
        guard file.length > 0 else { throw TareError(.invalid, subject: path, "cannot weigh it: it is empty") }
        if try Qcow2Header.isPresent(in: file) { return .qcow2 }
        if try Ext4Superblock.isPresent(in: file) { return .disk }
        for (magic, place, name) in refused where try has(magic, file, at: place) {
            throw TareError(
                .unsupported, subject: path, "cannot weigh it: it is \(name), which is not read yet",
                hint: "give ext4, qcow2, tar, an OCI layout or a directory")
        }
        for magic in compressed where try has(magic, file, at: 0) { return try archive(path) }
        if try has(Array("ustar".utf8), file, at: 257) { return try archive(path) }
        for sector in [Int64(512), 4096] where try has(Array("EFI PART".utf8), file, at: sector) { return .disk }
        if try has([0x55, 0xAA], file, at: 510), file.length >= 1 << 16 { return .disk }
        throw TareError(
            .invalid, subject: path, "cannot weigh it: it is no disk, archive or image of a known format",
            hint: "give ext4, qcow2, tar, an OCI layout or a directory")
    }

    /// Tells a plain archive from an image by its members' names, up to the first one that no image has.
    private static func archive(_ path: String) throws(TareError) -> SubjectKind {
        let stream = try ArchiveStream(FileInput(path))
        var names: Set<String> = []
        while let entry = try stream.next() {
            let parts = entry.names.map { EntryName.text($0) }
            guard let first = parts.first else { continue }
            if parts.count == 1 { names.insert(first) }
            guard mayBeOfImage(parts) else { return .tar }
        }
        if names.contains(ImageLayout.markerName), names.contains(ImageLayout.indexName) { return .ociArchive }
        return names.contains(DockerArchiveManifest.fileName) ? .dockerArchive : .tar
    }

    /// Whether some tool writes a member of that name into an image's archive.
    ///
    /// Layers and configurations are named by their digests, with or without `sha256:`, or stand under any name with a
    /// suffix that says what they are; older archives have a folder a layer.
    private static func mayBeOfImage(_ parts: [String]) -> Bool {
        guard let first = parts.first else { return true }
        if ["blobs", "index.json", "oci-layout", "manifest.json", "repositories"].contains(first) { return true }
        let name = first.hasPrefix("sha256:") ? first.dropFirst(7) : first[...]
        let digits = name.utf8.prefix(64)
        if digits.count == 64, digits.allSatisfy({ UInt8(ascii: "0") <= $0 && $0 <= 102 }) { return true }
        if parts.count == 1 { return [".json", ".tar", ".tar.gz", ".tgz"].contains { first.hasSuffix($0) } }
        return parts.count == 2 && ["layer.tar", "json", "VERSION"].contains(parts[1])
    }

    private static func has(_ magic: [UInt8], _ file: RawFile, at place: Int64) throws(TareError) -> Bool {
        guard file.length >= place + Int64(magic.count) else { return false }
        return try file.bytes(at: place, count: magic.count, what: "its magic") == magic
    }

    /// What holds no bytes of its own.
    private static let special: [(mode_t, String)] = [
        (S_IFIFO, "a named pipe"), (S_IFSOCK, "a socket"), (S_IFCHR, "a character device"),
    ]

    /// First bytes of gzip, zstd, xz, bzip2.
    private static let compressed: [[UInt8]] = [
        [0x1F, 0x8B], [0x28, 0xB5, 0x2F, 0xFD], [0xFD, 0x37, 0x7A, 0x58, 0x5A], Array("BZh".utf8),
    ]

    /// Formats that are known and not read: magic, place, name.
    private static let refused: [([UInt8], Int64, String)] = [
        (Array("XFSB".utf8), 0, "an XFS file system"), (Array("hsqs".utf8), 0, "a SquashFS file system"),
        (Array("_BHRfS_M".utf8), 65600, "a Btrfs file system"),
        ([0xE2, 0xE1, 0xF5, 0xE0], 1024, "an EROFS file system"),
        (Array("KDMV".utf8), 0, "a VMDK disk"), (Array("vhdxfile".utf8), 0, "a VHDX disk"),
        ([0x7F, 0x10, 0xDA, 0xBE], 64, "a VDI disk"), ([0x50, 0x4B, 0x03, 0x04], 0, "a zip archive"),
    ]
}
