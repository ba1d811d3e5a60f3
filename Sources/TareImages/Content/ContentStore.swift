import Glibc
import TareCore
import TareLinux
import TareOCI

/// Blobs by their digest, on disk, for many processes at once.
///
/// A blob is there as a whole and verified, or it is not there: it grows under `ingest/`, its digest is compared, it is
/// brought to the disk and then renamed. What is in use is said by a `Lease` until a name or a snapshot says it.
///
///     let lease = try store.lease("pull")
///     let ingest = try store.ingest(descriptor, lease: lease)
///     while let piece = next(from: ingest.offset) { try ingest.write(piece) }
///     try ingest.commit()
public struct ContentStore: Sendable {
    let folder: StoreFolder

    /// Opens the store at `root`, making it where there is none.
    ///
    /// - Parameter root: a folder of the store's own; usually `<state>/images`.
    /// - Throws: `TareError` with the errno; `unsupported` where another version made it.
    public init(_ root: String) throws(TareError) { folder = try StoreFolder(root) }

    init(_ folder: StoreFolder) { self.folder = folder }

    /// The store's folder, without symbolic links in it.
    public var root: String { folder.root }

    /// Whether the blob is there, whole.
    ///
    /// Without a lease it may be collected the next moment; see `protect(_:by:)`.
    public func has(_ digest: Digest) -> Bool { access(folder.blobPath(digest), F_OK) == 0 }

    /// Says that `lease` uses the blob, and whether it is there.
    ///
    /// Where the answer is yes, it stays as long as the lease does.
    public func protect(_ digest: Digest, by lease: Lease) throws(TareError) -> Bool {
        try folder.adding { () throws(TareError) in
            try lease.add(blob: digest)
            return has(digest)
        }
    }

    /// The blob's length in bytes; `nil` where it is not there.
    public func size(_ digest: Digest) -> Int64? {
        var facts = stat()
        return stat(folder.blobPath(digest), &facts) == 0 ? Int64(facts.st_size) : nil
    }

    /// Opens a blob for reading.
    ///
    /// - Parameters:
    ///   - digest: which one.
    ///   - offset: where reading begins, in bytes.
    /// - Returns: the reader.
    /// - Throws: `notFound` where it is not there; `TareError` with the errno.
    public func open(_ digest: Digest, at offset: Int64 = 0) throws(TareError) -> BlobReader {
        do throws(TareError) {
            let reader = try BlobReader(folder.blobPath(digest), digest: digest)
            if offset > 0 { try reader.seek(to: offset) }
            return reader
        } catch {
            guard error.errno == ENOENT else { throw error }
            throw TareError(
                .notFound, subject: digest.description, "cannot find the blob in the image store",
                hint: "pull or load the image again", errno: ENOENT)
        }
    }

    /// The path of a blob's file, for handing it to another program; it must not be changed.
    public func path(_ digest: Digest) -> String { folder.blobPath(digest) }

    /// The digests of all blobs with their lengths in bytes, sorted by digest.
    ///
    /// - Complexity: O(blobs), one look at each file.
    public func list() throws(TareError) -> [(digest: Digest, size: Int64)] {
        var found: [(digest: Digest, size: Int64)] = []
        for name in try StoreFolder.entries(folder.blobs) {
            guard let digest = Digest(hex: name), let size = size(digest) else { continue }
            found.append((digest, size))
        }
        return found.sorted { $0.digest.hex < $1.digest.hex }
    }

    /// Takes a blob out at once, whoever uses it; a blob that is not there is no failure.
    ///
    /// For a registry server's deletions; what is merely no longer needed goes by `ImageLibrary.collect`.
    public func remove(_ digest: Digest) throws(TareError) {
        guard unlink(folder.blobPath(digest)) != 0, errno != ENOENT else { return }
        throw .system("cannot remove the blob", subject: digest.description, errno: errno, writing: true)
    }

    /// Begins or resumes taking a blob in.
    ///
    /// - Parameters:
    ///   - descriptor: what is promised; nothing else is committed.
    ///   - lease: what protects the blob once it is there.
    /// - Returns: the ingest, at the offset that an earlier, interrupted one reached.
    /// - Throws: `unavailable` where another process is taking it in; `TareError` with the errno.
    /// - Complexity: O(bytes there already), which are hashed again.
    public func ingest(_ descriptor: Descriptor, lease: Lease) throws(TareError) -> Ingest {
        try Ingest(
            in: folder, reference: descriptor.digest.description, digest: descriptor.digest, size: descriptor.size,
            lease: lease)
    }

    /// Begins or resumes taking in a blob whose digest the caller chooses or learns at the end.
    ///
    /// - Parameters:
    ///   - reference: names the transfer, so that it can be resumed by that name; `nil` for one that is never resumed.
    ///   - lease: what protects the blob once it is there.
    /// - Returns: the ingest, at the offset that is there.
    /// - Throws: `TareError` with the errno.
    public func ingest(reference: String? = nil, lease: Lease) throws(TareError) -> Ingest {
        try Ingest(in: folder, reference: reference, digest: nil, size: nil, lease: lease)
    }
}
