import Glibc
import TareCore
import TareLinux

/// A guest's own thin disk on a base that several share: only what this guest writes takes room.
///
/// The file is removed with the value.
public struct ThinDisk: ~Copyable {
    /// The image.
    public let path: String

    /// Makes one; a tenth of a second, 200 kB.
    ///
    /// - Parameters:
    ///   - path: the new file; one that is there is an error.
    ///   - base: the disk below, never written.
    ///   - format: the base's format.
    /// - Throws: `unavailable` where qemu-img is missing; `exists`; `cannotWrite` with its words.
    public init(_ path: String, on base: String, format: GuestDisk.Format = .raw) throws(TareError) {
        guard let program = ToolSearch.find("qemu-img") else {
            throw TareError(
                .unavailable, subject: "qemu-img", "cannot make a thin disk: qemu-img is not installed",
                hint: "run Scripts/install, on Debian")
        }
        guard FileReading.exists(base) else { throw TareError(.notFound, subject: base, "there is no such disk") }
        guard !FileReading.exists(path) else { throw TareError(.exists, subject: path, "there is a file already") }
        let words = ["create", "-q", "-f", "qcow2", "-b", base, "-F", format.rawValue, path]
        let ending = try ChildProcess.run(program, words)
        guard ending.succeeded else {
            _ = unlink(path)
            throw TareError(.cannotWrite, subject: path, "cannot make the disk: \(ending.errors.trimmingLineEnd())")
        }
        self.path = path
    }

    deinit { _ = unlink(path) }

    /// What a machine is given.
    public var disk: GuestDisk { GuestDisk(path, format: .qcow2, isDiscarded: false) }

    /// The room that it takes on its file system.
    public var allocated: ByteCount {
        var facts = stat()
        return stat(path, &facts) == 0 ? ByteCount(Int64(facts.st_blocks) * 512) : .zero
    }
}
