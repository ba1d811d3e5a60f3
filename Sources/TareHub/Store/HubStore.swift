import Synchronization
import TareCore
import TareImages
import TareLinux
import TareOCI

/// The hub's content: one store of blobs for all repositories, and for each repository what it says that it has.
///
///     <root>/content/...                                blobs, each once
///     <root>/repositories/<name>/_blobs/<hex>           the repository has this blob
///     <root>/repositories/<name>/_manifests/<hex>       its type: the repository has this manifest
///     <root>/repositories/<name>/_tags/<tag>            a digest
///     <root>/repositories/<name>/_referrers/<hex>/<hex> descriptor of a manifest that names the first as its subject
///     <root>/repositories/<name>/_uploads/<id>          an upload that was begun
///
/// A repository's part never begins with `_`, so the folders cannot be taken for one. A name is written after what it
/// names, so that a server killed anywhere leaves at most blobs that nobody names; `collect` takes those.
public final class HubStore: Sendable {
    /// The store's folder.
    public let root: String
    let content: ContentStore
    /// Uploads with an open file; after a restart they are opened again by their id.
    let uploads = Mutex<[String: HubUpload]>([:])
    /// One server has the store.
    private let lock: FileLock

    /// Opens a store, making it where there is none.
    ///
    /// - Throws: `unavailable` where another server has it; `TareError` with the errno.
    public init(_ root: String) throws(TareError) {
        self.root = root
        try FolderMaking.make(root)
        lock = try FileLock(root + "/lock")
        content = try ContentStore(root + "/content")
        try FolderMaking.make(root + "/repositories")
    }

    /// A repository's folder; it need not be there.
    func folder(_ name: RepositoryName) -> String { "\(root)/repositories/\(name)" }

    /// Whether anything was ever written to a repository.
    func exists(_ name: RepositoryName) -> Bool {
        FileReading.exists(folder(name) + "/_blobs") || FileReading.exists(folder(name) + "/_manifests")
    }

    func has(blob digest: Digest, in name: RepositoryName) -> Bool {
        FileReading.exists("\(folder(name))/_blobs/\(digest.hex)") && content.has(digest)
    }

    func open(blob digest: Digest, in name: RepositoryName) throws(HubFailure) -> BlobReader {
        guard has(blob: digest, in: name) else {
            throw HubFailure(404, .blobUnknown, "the repository \(name) has no blob \(digest)")
        }
        return try Self.internally { () throws(TareError) in try content.open(digest) }
    }

    /// Says that a repository has a blob that is in the content store.
    func link(blob digest: Digest, in name: RepositoryName) throws(TareError) {
        let links = folder(name) + "/_blobs"
        try FolderMaking.make(links)
        try AtomicFile.write("\(links)/\(digest.hex)", [])
    }

    func remove(blob digest: Digest, from name: RepositoryName) throws(HubFailure) {
        guard has(blob: digest, in: name) else {
            throw HubFailure(404, .blobUnknown, "the repository \(name) has no blob \(digest)")
        }
        try Self.internally { () throws(TareError) in try FileRemoving.remove("\(folder(name))/_blobs/\(digest.hex)") }
    }

    /// Takes a blob over from another repository.
    ///
    /// - Returns: whether it was there to take.
    func mount(_ digest: Digest, from other: RepositoryName, into name: RepositoryName) throws(HubFailure) -> Bool {
        guard has(blob: digest, in: other) else { return false }
        try Self.internally { () throws(TareError) in try link(blob: digest, in: name) }
        return true
    }

    /// Turns a fault of the store's own into an answer.
    static func internally<Result: ~Copyable>(_ body: () throws(TareError) -> Result) throws(HubFailure) -> Result {
        do throws(TareError) { return try body() } catch {
            let status = error.code == .exhausted || error.errno == 28 ? 507 : 500
            throw HubFailure(status, .unknown, error.description)
        }
    }
}
