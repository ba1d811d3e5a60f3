import Glibc
import TareCore
import TareLinux

/// A one-value setting of the host's kernel that is changed for a while and always put back: the merging of equal pages
/// (KSM), say.
///
/// A small child waits at the end of a socket and writes the old value when that closes, which happens when this value ends
/// and when Tare is killed.
public struct KernelSwitch: ~Copyable {
    /// Where KSM is switched: 1 merges the pages of processes that allow it.
    public static let mergingPath = "/sys/kernel/mm/ksm/run"

    private let leash: Int32
    private let child: pid_t
    /// The value that is put back.
    public let old: String

    /// Sets the value.
    ///
    /// - Parameters:
    ///   - path: the file of the setting.
    ///   - value: what to write.
    /// - Throws: `unsupported` where this kernel has no such setting; `noPermission`.
    public init(_ path: String, _ value: String) throws(TareError) {
        guard let found = FileReading.valueIfPresent(at: path) else {
            throw TareError(.unsupported, subject: path, "this kernel has no such setting")
        }
        let file = try OwnedFileDescriptor(opening: path, O_WRONLY)
        let pair = try SocketPair("switch")
        let nothing = try OwnedFileDescriptor(opening: "/dev/null", O_RDWR)
        // In a session of its own, so that Ctrl-C on the terminal does not reach it before it has written.
        let script = "trap '' INT TERM HUP; cat >/dev/null; printf '%s\\n' \"$2\" >\"$1\""
        let keeper = try ChildProcess.start(
            "/usr/bin/setsid", ["/bin/sh", "-c", script, "sh", path, found],
            streams: [pair.theirs.raw, nothing.raw, nothing.raw])
        // Where this fails, the socket closes with the error and the keeper puts back what is there anyway.
        try file.writeAll(Array("\(value)\n".utf8))
        leash = fcntl(pair.ours.raw, F_DUPFD_CLOEXEC, 3)
        child = keeper
        old = found
    }

    deinit {
        close(leash)
        _ = ChildProcess.wait(child)
    }
}
