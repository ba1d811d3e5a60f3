import CTareLinux
import Glibc
import TareCore

/// A mount that is at no place yet, owned by one value; where it is never attached, it is gone with its owner.
///
/// This is what makes mounting safe to stop at any moment: everything is configured and checked before anybody can see
/// it, and attaching is one call.
public struct DetachedMount: ~Copyable, Sendable {
    private let file: OwnedFileDescriptor

    /// Takes over a descriptor that fsmount(2) or open_tree(2) returned.
    init(taking raw: Int32, path: String) { file = OwnedFileDescriptor(taking: raw, path: path) }

    /// A copy of the mount at `path`, as `mount --bind` makes.
    ///
    /// - Parameters:
    ///   - path: a folder or file.
    ///   - recursive: with all mounts below it.
    /// - Throws: `TareError` with the errno.
    public init(cloning path: String, recursive: Bool = false) throws(TareError) {
        let raw = tare_clone_tree(AT_FDCWD, path, recursive ? 1 : 0)
        guard raw >= 0 else { throw .system("cannot copy the mount", subject: path, errno: -raw) }
        file = OwnedFileDescriptor(taking: raw, path: path)
    }

    /// The descriptor, for calls relative to the mount's root; never close it.
    public var raw: Int32 { file.raw }

    /// Forbids more; bits that are set already stay.
    public borrowing func forbid(_ attributes: MountAttributes, recursive: Bool = false) throws(TareError) {
        guard !attributes.isEmpty else { return }
        let failure = tare_mount_setattr(file.raw, "", attributes.rawValue, 0, 0, -1, recursive ? 1 : 0)
        if failure < 0 { throw .system("cannot restrict the mount", subject: file.path, errno: -failure) }
    }

    /// Maps owners by the user namespace behind `users`: an id-mapped mount.
    ///
    /// - Parameter users: a descriptor of `/proc/<pid>/ns/user`.
    /// - Throws: `unsupported` where the file system knows no such mounts; `TareError` with the errno.
    public borrowing func mapOwners(by users: borrowing OwnedFileDescriptor) throws(TareError) {
        let failure = tare_mount_setattr(file.raw, "", 0, 0, 0, users.raw, 0)
        guard failure < 0 else { return }
        if failure == -EINVAL {
            throw TareError(
                .unsupported, subject: file.path,
                "cannot map owners: the file system does not support id-mapped mounts", errno: EINVAL)
        }
        throw .system("cannot map owners", subject: file.path, errno: -failure)
    }

    /// Puts the mount at `path`, which must be there; from now on it lives until it is unmounted.
    public consuming func attach(at path: String) throws(TareError) {
        let failure = tare_move_mount(file.raw, AT_FDCWD, path)
        if failure < 0 { throw .system("cannot mount here", subject: path, errno: -failure) }
    }

    /// Gives the descriptor up: for passing it to a child that attaches it in its own mount namespace.
    public consuming func release() -> Int32 { file.release() }
}
