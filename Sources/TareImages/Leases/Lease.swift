import CTareLinux
import FoundationEssentials
import Glibc
import TareCore
import TareLinux

/// Says that blobs and snapshots are in use though no image name says so.
///
/// A lease of the process lives until it is ended or its process dies, however that happens: the kernel gives its file
/// lock back. A lasting lease lives until it is ended by its id or its time is over: a build cache, say.
public final class Lease: @unchecked Sendable {
    // The descriptor only takes whole appended lines, which the kernel keeps apart.
    private let file: OwnedFileDescriptor
    private let path: String
    private let isLasting: Bool

    /// The id.
    public let id: String

    static let lastingPrefix = "lasting-"

    init(in folder: StoreFolder, purpose: String) throws(TareError) {
        id = StoreFolder.uniqueName()
        path = folder.leases + "/" + id
        isLasting = false
        // The file is seen only when it is locked, or a collection would take it for that of a dead process.
        file = try OwnedFileDescriptor(opening: path + ".new", O_WRONLY | O_CREAT | O_EXCL | O_APPEND)
        let failure = tare_flock(file.raw, 0, 0)
        if failure != 0 { throw .system("cannot lock the lease", subject: path, errno: failure) }
        try file.writeAll(Array("purpose \(purpose.replacing("\n", with: " "))\n".utf8))
        guard rename(path + ".new", path) == 0 else {
            throw .system("cannot make the lease", subject: path, errno: errno, writing: true)
        }
    }

    init(lasting name: String, in folder: StoreFolder, until: Date?) throws(TareError) {
        id = name
        path = folder.leases + "/" + Self.lastingPrefix + (try StoreFolder.fileName(name))
        isLasting = true
        if !FileReading.exists(path) {
            var text = "id \(name.replacing("\n", with: " "))\n"
            if let until { text += "until \(Int64(until.timeIntervalSince1970.rounded(.up)))\n" }
            try AtomicFile.write(path, text: text)
        }
        file = try OwnedFileDescriptor(opening: path, O_WRONLY | O_APPEND)
    }

    deinit {
        guard !isLasting else { return }
        _ = unlink(path)
        _ = tare_funlock(file.raw)
    }

    /// Adds a blob, with all that it names where it is a manifest or an index.
    public func add(blob digest: Digest) throws(TareError) { try append("blob \(digest)") }

    /// Adds a snapshot and those that it stands on.
    public func add(snapshot key: String) throws(TareError) { try append("snapshot \(key)") }

    private func append(_ line: String) throws(TareError) {
        try file.writeAll(Array((line + "\n").utf8))
        if isLasting { try file.synchronise() }
    }
}
