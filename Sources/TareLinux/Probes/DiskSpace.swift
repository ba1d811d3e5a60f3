import Glibc
import TareCore

/// Room and kind of the file system that holds a path.
public struct DiskSpace: Codable, Sendable, Hashable {
    /// The nearest folder above the path that is there.
    public var folder: String
    /// The file system's type: `ext4`, `tmpfs`.
    public var type: String
    /// What a user may still take.
    public var free: ByteCount
    /// The whole file system.
    public var total: ByteCount
    /// Whether this user may write there.
    public var isWritable: Bool

    enum CodingKeys: String, CodingKey {
        case folder, type
        case free = "free_bytes"
        case total = "total_bytes"
        case isWritable = "writable"
    }

    /// Looks at the file system of `path`, which need not be there yet.
    ///
    /// - Throws: `TareError` with the errno where not even a folder above it can be looked at.
    public static func holding(_ path: String) throws(TareError) -> DiskSpace {
        var folder = path
        while !FolderMaking.isFolder(folder), folder != "/", folder != "." { folder = PathText.folder(of: folder) }
        var space = statvfs()
        guard statvfs(folder, &space) == 0 else {
            throw .system("cannot look at the disk", subject: folder, errno: errno)
        }
        var real = folder
        if let text = realpath(folder, nil) {
            real = String(cString: text)
            Glibc.free(text)
        }
        let unit = Int64(space.f_frsize)
        return DiskSpace(
            folder: real,
            type: MountTable.current().holding(real)?.type ?? "unknown",
            free: ByteCount(Int64(clamping: space.f_bavail) * unit),
            total: ByteCount(Int64(clamping: space.f_blocks) * unit),
            isWritable: access(real, W_OK) == 0
        )
    }
}
