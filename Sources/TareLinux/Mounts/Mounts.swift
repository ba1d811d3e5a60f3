import CTareLinux
import Glibc
import TareCore

/// Taking mounts away, and what the kernel can do with them.
public enum Mounts {
    /// Unmounts what is at `path`.
    ///
    /// Blocks until an overlay's upper layer is on the disk, unless it is `volatile`.
    ///
    /// - Parameters:
    ///   - path: where it is mounted; a symbolic link is not followed.
    ///   - lazily: take it out of sight at once, and really away when the last user has closed it.
    /// - Throws: `TareError` with the errno: `EBUSY` where something in it is in use, `EINVAL` where nothing is mounted.
    public static func unmount(_ path: String, lazily: Bool = false) throws(TareError) {
        let failure = tare_unmount(path, Int32(UMOUNT_NOFOLLOW) | (lazily ? Int32(MNT_DETACH) : 0))
        guard failure < 0 else { return }
        if failure == -EBUSY {
            throw TareError(
                .unavailable, subject: path, "cannot unmount it: something in it is in use",
                hint: "stop the programs that use it", errno: EBUSY)
        }
        throw .system("cannot unmount it", subject: path, errno: -failure)
    }

    /// Whether something is mounted exactly at `path`; looks at the mount table.
    ///
    /// - Parameter path: absolute, without symbolic links.
    /// - Complexity: O(mounts).
    /// - Returns: the result.
    public static func isMountPoint(_ path: String) -> Bool {
        MountTable.current().entries.contains { $0.folder == path }
    }

    /// Makes changes below `path` stay in this mount namespace.
    public static func makePrivate(_ path: String, recursive: Bool = true) throws(TareError) {
        let failure = tare_mount_setattr(AT_FDCWD, path, 0, 0, UInt64(MS_PRIVATE), -1, recursive ? 1 : 0)
        if failure < 0 { throw .system("cannot make the mount private", subject: path, errno: -failure) }
    }

    private static let MS_PRIVATE = 1 << 18
    private static let UMOUNT_NOFOLLOW = 8
    private static let MNT_DETACH = 2
}
