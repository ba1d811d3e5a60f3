import FoundationEssentials
import Glibc
import TareCore
import TareLinux

/// Where a store keeps what it keeps, and the lock that keeps its users out of each other's way.
///
///     format            the layout's number
///     lock              shared while something is added, exclusive while something is collected
///     blobs/sha256/     whole, verified blobs
///     ingest/           blobs on their way in
///     names/            an image name a file
///     leases/           what is in use though no name says so
///     snapshots/        see SnapshotFolder
///     mounts/           where layers are mounted for a moment
struct StoreFolder: Sendable, Hashable {
    let root: String

    static let format = "1"

    var blobs: String { root + "/blobs/sha256" }
    var ingest: String { root + "/ingest" }
    var names: String { root + "/names" }
    var leases: String { root + "/leases" }
    var snapshots: String { root + "/snapshots" }
    var mounts: String { root + "/mounts" }

    /// Opens the store, making it where there is none.
    init(_ root: String) throws(TareError) {
        try FolderMaking.make(root, mode: 0o711)
        guard let real = realpath(root, nil) else {
            throw .system("cannot open the image store", subject: root, errno: errno)
        }
        defer { free(real) }
        self.root = String(cString: real)
        for folder in [blobs, ingest, names, leases, snapshots, mounts] { try FolderMaking.make(folder, mode: 0o711) }
        let marker = self.root + "/format"
        if let found = FileReading.valueIfPresent(at: marker) {
            guard found == Self.format else {
                throw TareError(
                    .unsupported, subject: root,
                    "cannot open the image store: its format is \(found), this program knows \(Self.format)",
                    hint: "use the program that made it, or set TARE_HOME elsewhere")
            }
        } else {
            try AtomicFile.write(marker, text: Self.format + "\n")
        }
    }

    /// Runs `body` while nothing is collected.
    ///
    /// Short sections only: a collection waits for them all.
    func adding<Result>(_ body: () throws(TareError) -> Result) throws(TareError) -> Result {
        let lock = try FileLock(root + "/lock", exclusive: false, waiting: true)
        defer { _ = lock }
        return try body()
    }

    /// Runs `body` alone.
    func collecting<Result>(_ body: () throws(TareError) -> Result) throws(TareError) -> Result {
        let lock = try FileLock(root + "/lock", exclusive: true, waiting: true)
        defer { _ = lock }
        return try body()
    }

    func blobPath(_ digest: Digest) -> String { blobs + "/" + digest.hex }

    /// A name that nobody else uses at this moment on this machine.
    static func uniqueName() -> String {
        "\(getpid())-\(HostClock.monotonicNanoseconds())-\(UInt32.random(in: 0 ... .max))"
    }

    /// A file name for any text: half of its digest, so that paths stay short enough for fsconfig(2).
    static func fileName(_ text: String) throws(TareError) -> String {
        String(try SHA256.digest(of: text).hex.prefix(32))
    }

    /// The names in a folder, in no order; none where it is not there.
    static func entries(_ path: String) throws(TareError) -> [String] {
        guard let stream = opendir(path) else {
            if errno == ENOENT { return [] }
            throw .system("cannot list the folder", subject: path, errno: errno)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
