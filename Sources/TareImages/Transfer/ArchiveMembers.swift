import Glibc
import TareCore
import TareLinux

/// The members of a tar archive, found by one pass over its headers and then read where they lie.
///
/// A packed archive is unpacked into a file without a name first, which is gone with the last reader.
final class ArchiveMembers: MemberStore, @unchecked Sendable {
    // Nothing changes after the initializer.
    private struct Member {
        var offset: Int64
        var length: Int64
        /// The member that this one leads to, where it is a link.
        var link: String?
    }

    let subject: String
    private let path: String
    private let spool: OwnedFileDescriptor?
    private var members: [String: Member] = [:]

    /// Reads the headers of the archive at `path`.
    ///
    /// - Parameters:
    ///   - path: the archive.
    ///   - temporary: a folder for what a packed archive holds.
    /// - Throws: `TareError` with the errno.
    init(_ path: String, temporary: String) throws(TareError) {
        subject = path
        let (input, compression) = try Compression.opened(FileInput(path))
        if compression == .none {
            spool = nil
            self.path = path
        } else {
            let file = try Self.spool(input, temporary)
            self.path = "/proc/self/fd/\(file.raw)"
            spool = consume file
        }
        try index()
    }

    func contains(_ name: String) -> Bool { members[name] != nil }

    func open(_ name: String) throws(TareError) -> any ByteInput {
        var member = members[name]
        for _ in 0..<8 {
            guard let next = member?.link else { break }
            member = members[next]
        }
        guard let member, member.link == nil else { throw missing(name) }
        return try FileInput(path, offset: member.offset, length: member.length)
    }

    private func index() throws(TareError) {
        let file = try OwnedFileDescriptor(opening: path)
        _ = posix_fadvise(file.raw, 0, 0, POSIX_FADV_SEQUENTIAL)
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: PieceRing.pieceSize, alignment: 4096)
        defer { piece.deallocate() }
        let reader = TarReader(subject: subject) { () throws(TareError) in
            var filled = 0
            while filled < piece.count {
                let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: piece[filled...]))
                if count == 0 { break }
                filled += count
            }
            return filled == 0 ? nil : UnsafeRawBufferPointer(rebasing: piece[..<filled])
        }
        while let entry = try reader.next() {
            guard let normal = LayerRoot.normal(entry.path) else {
                throw TareError(.corrupt, subject: subject, "cannot read the archive: a path in it climbs with ..")
            }
            var member = Member(offset: reader.contentOffset, length: entry.size)
            switch entry.kind {
            case .file: guard entry.stretches == nil else { continue }
            case .hardLink: member.link = LayerRoot.normal(entry.target).map { String(decoding: $0, as: UTF8.self) }
            case .symbolicLink: member.link = Self.resolve(entry.target, from: normal)
            default: continue
            }
            members[String(decoding: normal, as: UTF8.self)] = member
            guard members.count <= 1 << 17 else {
                throw TareError(.corrupt, subject: subject, "cannot read the archive: it has too many members")
            }
        }
    }

    /// The member that a relative link leads to; climbing stops at the archive's root.
    private static func resolve(_ target: [UInt8], from path: [UInt8]) -> String {
        var names = path.split(separator: 47).dropLast().map(Array.init)
        for name in target.split(separator: 47) {
            if name.elementsEqual([46, 46]) {
                _ = names.popLast()
            } else if !name.elementsEqual([46]) {
                names.append(Array(name))
            }
        }
        return String(decoding: Array(names.joined(separator: [47])), as: UTF8.self)
    }

    private static func spool(_ input: any ByteInput, _ folder: String) throws(TareError) -> OwnedFileDescriptor {
        let path = folder + "/new-" + StoreFolder.uniqueName()
        let file = try OwnedFileDescriptor(opening: path, O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
        _ = unlink(path)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
        defer { buffer.deallocate() }
        while true {
            let count = try input.read(into: buffer)
            if count == 0 { return file }
            try file.writeAll(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
