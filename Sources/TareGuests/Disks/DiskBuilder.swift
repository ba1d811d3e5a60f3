import Glibc
import TareCatalog
import TareCore
import TareLinux

/// Makes a guest's disk from a built root: one ext4 file system without a partition table, in a sparse file.
///
/// mke2fs fills it from the folder, so nothing is mounted. The file system's UUID and the seed of its directory hashes
/// come from the root's digest and the size, so the same root gives the same layout.
public struct DiskBuilder: Sendable {
    /// The folder of roots; disks are in `disks` below it.
    public let cache: String

    /// Takes the folder of roots; nothing is made or read.
    public init(cache: String) { self.cache = cache }

    /// The disk of a root, made where it is not there.
    ///
    /// Takes seconds; reads the whole root and writes it once. Blocks no thread. Boot it with
    /// `rootflags=noinit_itable`, or the guest writes the inode tables later.
    ///
    /// - Parameters:
    ///   - root: the root.
    ///   - base: its base system, for the file's name.
    ///   - size: the size of the disk that the guest sees.
    /// - Returns: the path of the image; treat it as read-only and put a thin disk on it.
    /// - Throws: `unavailable` where mke2fs is missing, `cannotWrite` where the root does not fit or the disk is full.
    public func disk(of root: BuiltRoot, base: BaseSystem, size: ByteCount) async throws(TareError) -> String {
        let name = "\(base.id)-\(root.digest.hex.prefix(16))-\(size.bytes >> 20)"
        let image = "\(cache)/disks/\(name).ext4"
        if FileReading.exists(image) { return image }
        // Made where the roots are made, so that what a killed build leaves is found in one place.
        let work = "\(cache)/work/\(name)"
        for folder in ["disks", "work"] { try FolderMaking.make("\(cache)/\(folder)") }
        let lock = try await RootStore.lock("\(work).lock")
        if FileReading.exists(image) { return image }
        try await RootStore.remove(work)
        try FolderMaking.make(work)
        let beside = "\(work)/disk.ext4"
        let uuid = Self.uuid(of: try SHA256.digest(of: "\(root.digest.hex) \(size.bytes)"))
        let make = Command(
            program: "mke2fs",
            arguments: [
                "-q", "-F", "-t", "ext4", "-U", uuid, "-E", "hash_seed=\(uuid),root_owner=0:0", "-d", root.path, beside,
                "\(size.bytes >> 10)k",
            ],
            environment: [
                "SOURCE_DATE_EPOCH": "\(BuildScript.epoch)", "E2FSPROGS_FAKE_TIME": "\(BuildScript.epoch)",
            ]
        )
        let ending = try await make.run()
        guard ending.succeeded else {
            try await RootStore.remove(work)
            let text = ending.output.split(separator: "\n").suffix(2).joined(separator: "; ")
            throw TareError(
                .cannotWrite,
                subject: image,
                "cannot make the disk of \(size): \(text)",
                hint: "give it a larger size, or free some disk space"
            )
        }
        try await setTimes(of: beside)
        guard rename(beside, image) == 0 else {
            throw .system("cannot keep the disk", subject: image, errno: errno, writing: true)
        }
        try await RootStore.remove(work)
        _ = consume lock
        return image
    }

    /// Sets the times of reading and of change of every inode, which mke2fs takes over from the folder's files and which
    /// differ from one build of a root to the next.
    private func setTimes(of image: String) async throws(TareError) {
        let header = try await Command(program: "dumpe2fs", arguments: ["-h", image]).run()
        func number(_ name: String) -> Int? {
            header.output.split(separator: "\n").first { $0.hasPrefix("\(name):") }?.split(separator: " ").last
                .flatMap { Int($0) }
        }
        guard let all = number("Inode count"), let free = number("Free inodes") else {
            throw TareError(.internal, subject: image, "cannot read the header of the new disk")
        }
        // mke2fs gives inodes in order: 2 is the root, 11 the first of its own, and the used ones have no gaps.
        var commands = ""
        for inode in [2] + Array(11...max(11, all - free)) {
            for field in ["atime", "ctime"] {
                commands += "sif <\(inode)> \(field) @\(BuildScript.epoch)\nsif <\(inode)> \(field)_extra 0\n"
            }
        }
        let list = "\(image).commands"
        try AtomicFile.write(list, text: commands)
        let ending = try await Command(
            program: "debugfs",
            arguments: ["-w", "-f", list, image],
            environment: ["E2FSPROGS_FAKE_TIME": "\(BuildScript.epoch)"]
        ).run()
        guard ending.succeeded else {
            throw TareError(.cannotWrite, subject: image, "cannot set the times of the new disk: debugfs failed")
        }
    }

    /// A UUID of version 8 (RFC 9562: content of one's own) from the first 16 bytes of a digest.
    static func uuid(of digest: Digest) -> String {
        var digits = Array(digest.hex.utf8.prefix(32))
        digits[12] = UInt8(ascii: "8")
        digits[16] = UInt8(ascii: "a")
        let text = String(decoding: digits, as: UTF8.self)
        var parts: [Substring] = []
        var rest = text[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }
}
