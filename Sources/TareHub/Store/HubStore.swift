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

    /// The content that a repository has under a digest; `nil` where it has none.
    func content(_ digest: HubDigest, in name: RepositoryName) -> Digest? {
        let link = "\(folder(name))/_blobs/\(digest.fileName)"
        guard let text = FileReading.valueIfPresent(at: link) else { return nil }
        // A link by sha256 needs no text; one by another algorithm says what the store has it by.
        guard let found = digest.content ?? Digest(text), content.has(found) else { return nil }
        return found
    }

    func has(blob digest: HubDigest, in name: RepositoryName) -> Bool { content(digest, in: name) != nil }

    func open(blob digest: HubDigest, in name: RepositoryName) throws(HubFailure) -> BlobReader {
        guard let found = content(digest, in: name) else {
            throw HubFailure(404, .blobUnknown, "the repository \(name) has no blob \(digest)")
        }
        return try Self.internally { () throws(TareError) in try content.open(found) }
    }

    /// Says that a repository has a blob that is in the content store.
    func link(blob digest: HubDigest, content found: Digest, in name: RepositoryName) throws(TareError) {
        let links = folder(name) + "/_blobs"
        try FolderMaking.make(links)
        let text = digest.content == nil ? found.description : ""
        try AtomicFile.write("\(links)/\(digest.fileName)", text: text)
    }

    func remove(blob digest: HubDigest, from name: RepositoryName) throws(HubFailure) {
        guard has(blob: digest, in: name) else {
            throw HubFailure(404, .blobUnknown, "the repository \(name) has no blob \(digest)")
        }
        try Self.internally { () throws(TareError) in
            try FileRemoving.remove("\(folder(name))/_blobs/\(digest.fileName)")
        }
    }

    /// Takes a blob over from another repository.
    ///
    /// - Returns: whether it was there to take.
    func mount(_ digest: HubDigest, from other: RepositoryName, into name: RepositoryName) throws(HubFailure) -> Bool {
        guard let found = content(digest, in: other) else { return false }
        try Self.internally { () throws(TareError) in try link(blob: digest, content: found, in: name) }
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
