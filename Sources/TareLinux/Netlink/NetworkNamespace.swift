import CTareLinux
import Glibc
import TareCore

/// A network namespace that is kept alive by a mount on a file, or that some process or file names.
///
/// The owner of the value closes its descriptor; the namespace lives on as long as it is pinned or a process is in it.
public struct NetworkNamespace: ~Copyable, Sendable {
    private let file: OwnedFileDescriptor

    /// Opens a namespace by its path: a pinned one, or `/proc/PID/ns/net`.
    ///
    /// - Parameter path: the file.
    /// - Throws: `TareError` with the errno; `invalid` where it is no namespace.
    public init(opening path: String) throws(TareError) {
        let file = try OwnedFileDescriptor(opening: path)
        try Self.refusePlainFile(path)
        self.file = file
    }

    private static func refusePlainFile(_ path: String) throws(TareError) {
        if tare_netns_is_pinned(path) == 1 { return }
        throw TareError(.invalid, subject: path, "cannot use it as a network namespace: it is a plain file")
    }

    /// The descriptor, for messages that name a namespace; never close it.
    public var raw: Int32 { file.raw }

    /// Makes a namespace, mounts it on the file at `path`, and runs `body` on a thread in it.
    ///
    /// - Parameters:
    ///   - path: the file, made here; its folder must exist.
    ///   - body: what to do inside first: open sockets, set kernel settings.
    /// - Returns: what `body` returned.
    /// - Throws: `exists` where the file is there; `noPermission`; the error of `body`. Nothing stays after a failure.
    public static func make<Value>(
        at path: String,
        _ body: () throws(TareError) -> Value
    ) throws(TareError) -> Value {
        do { _ = try OwnedFileDescriptor(opening: path, O_RDONLY | O_CREAT | O_EXCL, mode: 0o444) }
        do throws(TareError) {
            return try DedicatedThread.run { () throws(TareError) in
                try check(tare_netns_unshare(), "make a network namespace", path)
                try check(tare_netns_pin(path), "mount the network namespace", path)
                return try body()
            }
        } catch {
            _ = tare_netns_unpin(path)
            _ = unlink(path)
            throw error
        }
    }

    /// Runs `body` on a thread of its own in this namespace and waits for it.
    ///
    /// - Parameter body: what to do inside.
    /// - Returns: what it returned.
    /// - Throws: its error; `TareError` where the namespace cannot be entered.
    public func run<Value>(_ body: () throws(TareError) -> Value) throws(TareError) -> Value {
        let raw = file.raw
        let path = file.path
        return try DedicatedThread.run { () throws(TareError) in
            try Self.check(tare_netns_enter(raw), "enter the network namespace", path)
            return try body()
        }
    }

    /// Takes the pin away: mount and file.
    ///
    /// The namespace ends with the last process in it.
    ///
    /// - Parameter path: the file of `make`; nothing happens where it is gone.
    /// - Throws: `TareError` with the errno.
    public static func remove(at path: String) throws(TareError) {
        if isPinned(path) { try check(tare_netns_unpin(path), "unmount the network namespace", path) }
        if unlink(path) != 0, errno != ENOENT {
            throw .system("cannot remove the network namespace's file", subject: path, errno: errno)
        }
    }

    /// Whether a namespace is mounted on the file at `path`.
    public static func isPinned(_ path: String) -> Bool { tare_netns_is_pinned(path) == 1 }

    private static func check(_ number: Int32, _ wanted: String, _ path: String) throws(TareError) {
        if number != 0 { throw .system("cannot \(wanted)", subject: path, errno: number) }
    }
}
