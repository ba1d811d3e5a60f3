import CArchive
import Glibc
import TareCore

/// Reads a tar archive entry by entry, in any compression that libarchive undoes inside this process.
///
/// Only tar is understood: other formats of libarchive would widen what a hostile file can reach. Not for several
/// threads at once.
final class ArchiveStream {
    /// What to look for inside the compression.
    enum Format { case tar, bytes }

    private let handle: OpaquePointer
    private let input: any ByteInput
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
    private var failure: TareError?
    private var ordinal: UInt64 = 0
    private var entry: OpaquePointer?

    /// No file may be bigger: ext4's own limit for one file.
    static let maximumSize: Int64 = 1 << 44

    init(_ input: any ByteInput, format: Format = .tar) throws(TareError) {
        guard let handle = archive_read_new() else {
            throw TareError(.exhausted, subject: input.subject, "cannot open the archive: no memory")
        }
        self.handle = handle
        self.input = input
        var status = [
            archive_read_support_filter_gzip(handle), archive_read_support_filter_bzip2(handle),
            archive_read_support_filter_xz(handle), archive_read_support_filter_zstd(handle),
        ]
        switch format {
        case .tar: status += [archive_read_support_format_tar(handle), archive_read_support_format_empty(handle)]
        case .bytes: status += [archive_read_support_format_raw(handle), archive_read_support_format_empty(handle)]
        }
        // Anything but OK means that libarchive would start a program to undo the compression.
        guard status.allSatisfy({ $0 == ARCHIVE_OK }) else {
            throw TareError(
                .unsupported, subject: input.subject, "cannot open archives: libarchive lacks gzip, xz or zstd",
                hint: "install libarchive with these libraries")
        }
        archive_read_set_callback_data(handle, Unmanaged.passUnretained(self).toOpaque())
        archive_read_set_read_callback(handle) { _, client, piece in
            guard let client, let piece else { return -1 }
            return Unmanaged<ArchiveStream>.fromOpaque(client).takeUnretainedValue().fill(piece)
        }
        archive_read_set_skip_callback(handle) { _, client, count in
            guard let client else { return 0 }
            return Unmanaged<ArchiveStream>.fromOpaque(client).takeUnretainedValue().input.skip(count)
        }
        guard archive_read_open1(handle) == ARCHIVE_OK else { throw trouble() }
    }

    deinit {
        archive_read_free(handle)
        buffer.deallocate()
    }

    /// Whether the archive is compressed; known after the first header.
    var isCompressed: Bool { archive_filter_code(handle, 0) != ARCHIVE_FILTER_NONE }

    /// The next entry; `nil` at the end.
    func next() throws(TareError) -> ArchiveEntry? {
        var found: OpaquePointer?
        let status = archive_read_next_header(handle, &found)
        if let failure { throw failure }
        if status == ARCHIVE_EOF { return nil }
        guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let found else { throw trouble() }
        entry = found
        defer { ordinal += 1 }
        return try describe(found)
    }

    /// Streams the current entry's bytes from first to last; holes are zeros.
    func pieces(_ body: (UnsafeRawBufferPointer) throws(TareError) -> Void) throws(TareError) {
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
        defer { piece.deallocate() }
        while true {
            let count = try read(into: piece)
            if count == 0 { return }
            try body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
        }
    }

    /// The next bytes of the current entry; 0 is its end.
    func read(into piece: UnsafeMutableRawBufferPointer) throws(TareError) -> Int {
        let count = archive_read_data(handle, piece.baseAddress, piece.count)
        if let failure { throw failure }
        guard count >= 0 else { throw trouble() }
        return count
    }

    private func fill(_ piece: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
        do throws(TareError) {
            piece.pointee = UnsafeRawPointer(buffer.baseAddress)
            return try input.read(into: buffer)
        } catch {
            failure = error
            return -1
        }
    }

    private func describe(_ entry: OpaquePointer) throws(TareError) -> ArchiveEntry {
        let size = archive_entry_size(entry)
        guard size >= 0, size <= Self.maximumSize else {
            throw .corrupt(input.subject, "entry \(ordinal) claims \(size) bytes")
        }
        guard let path = archive_entry_pathname(entry) else {
            throw .corrupt(input.subject, "entry \(ordinal) has no name")
        }
        let kind: FileNode.Kind =
            switch archive_entry_filetype(entry) {
            case S_IFREG: .regular
            case S_IFDIR: .directory
            case S_IFLNK: .symlink
            default: .other
            }
        var stored = size
        if archive_entry_sparse_reset(entry) > 0 {
            stored = 0
            var offset: Int64 = 0
            var length: Int64 = 0
            while archive_entry_sparse_next(entry, &offset, &length) == ARCHIVE_OK {
                stored = stored.addingReportingOverflow(max(0, length)).partialValue
            }
            stored = max(0, min(stored, size))
        }
        return ArchiveEntry(
            names: try names(path),
            kind: kind,
            mode: UInt32(archive_entry_mode(entry)),
            size: kind == .regular ? size : 0,
            stored: kind == .regular ? stored : 0,
            hardLink: try archive_entry_hardlink(entry).map { (link) throws(TareError) in try names(link) },
            target: archive_entry_symlink(entry).map { Self.bytes($0) },
            ordinal: ordinal
        )
    }

    private static func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] {
        UnsafeRawBufferPointer(start: text, count: strlen(text)).map { $0 }
    }

    /// The names of a path inside the archive; one that climbs with `..` is refused.
    private func names(_ path: UnsafePointer<CChar>) throws(TareError) -> [[UInt8]] {
        let whole = Self.bytes(path)
        guard whole.count <= 1 << 16 else { throw .corrupt(input.subject, "the path of entry \(ordinal) is too long") }
        var names: [[UInt8]] = []
        for name in whole.split(separator: 47) where !name.elementsEqual([46]) {
            guard !name.elementsEqual([46, 46]) else {
                throw .corrupt(input.subject, "entry \(ordinal) leads out of the archive: \(EntryName.text(whole))")
            }
            names.append(Array(name))
        }
        return names
    }

    private func trouble() -> TareError {
        if let failure { return failure }
        let text = archive_error_string(handle).map { String(cString: $0) } ?? "libarchive gives no reason"
        return .corrupt(input.subject, "\(text), at entry \(ordinal) of the archive")
    }
}
