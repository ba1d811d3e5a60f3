import CTareLinux
import Glibc
import Synchronization
import TareCore
import TareLinux

/// A blob on its way in.
///
/// Bytes are hashed as they are written. An ingest that is dropped, or whose process dies, stays where it was and is
/// resumed by the next one for the same blob; without a name to resume it by, it is gone.
public final class Ingest: @unchecked Sendable {
    // What changes is only touched while `lock` is held.
    private final class State {
        var hash: SHA256?
        var offset: Int64 = 0
        var isDone = false
    }

    private let folder: StoreFolder
    private let path: String
    private let file: OwnedFileDescriptor
    private let isResumable: Bool
    private let digest: Digest?
    private let size: Int64?
    private let lease: Lease
    private let lock = Mutex(())
    private let state = State()

    /// What comes in: the digest or the name of the transfer.
    public let subject: String

    init(in folder: StoreFolder, reference: String?, digest: Digest?, size: Int64?, lease: Lease) throws(TareError) {
        self.folder = folder
        self.digest = digest
        self.size = size
        self.lease = lease
        isResumable = reference != nil
        subject = reference ?? "blob"
        let name = try reference.map { (text) throws(TareError) in try StoreFolder.fileName(text) }
        path = folder.ingest + "/" + (name ?? "new-" + StoreFolder.uniqueName())
        file = try Self.locked(path, subject)
        var hash = try SHA256()
        state.offset = try Self.rehash(file, &hash)
        state.hash = consume hash
    }

    deinit {
        if !state.isDone, !isResumable { _ = unlink(path) }
        _ = tare_funlock(file.raw)
    }

    /// How many bytes are there; the next piece begins here.
    public var offset: Int64 { lock.withLock { _ in state.offset } }

    /// Adds the next bytes.
    ///
    /// - Throws: `corrupt` where there are more than promised; `cannotWrite` with the errno.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(TareError) {
        try lock.withLock { (_) throws(TareError) in
            if let size, state.offset + Int64(bytes.count) > size {
                throw TareError(
                    .corrupt, subject: subject, "cannot take the blob in: it is longer than the \(size) bytes promised")
            }
            try file.writeAll(bytes)
            try state.hash?.update(bytes)
            state.offset += Int64(bytes.count)
        }
    }

    /// Adds the next bytes.
    public func write(_ bytes: [UInt8]) throws(TareError) {
        var failure: TareError?
        bytes.withUnsafeBytes { buffer in
            do throws(TareError) { try write(buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Adds all that `input` has.
    public func write(from input: any ByteInput) throws(TareError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
        defer { buffer.deallocate() }
        while true {
            let count = try input.read(into: buffer)
            if count == 0 { return }
            try write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Begins again at offset 0: where a source cannot resume.
    public func restart() throws(TareError) {
        try lock.withLock { (_) throws(TareError) in
            try file.truncate(to: 0)
            _ = lseek(file.raw, 0, SEEK_SET)
            state.hash = try SHA256()
            state.offset = 0
        }
    }

    /// Compares the digest, brings the bytes to the disk and makes the blob visible.
    ///
    /// - Returns: the blob's digest and length in bytes.
    /// - Throws: `corrupt` where they are not the promised ones, and then all bytes are gone, so that nobody resumes
    ///   with them; `TareError` with the errno.
    @discardableResult
    public func commit(expecting: Digest? = nil, size: Int64? = nil) throws(TareError) -> (digest: Digest, size: Int64)
    {
        let wanted = expecting ?? digest
        let length = size ?? self.size
        return try lock.withLock { (_) throws(TareError) in
            guard let hash = state.hash.take() else {
                throw TareError(.internal, subject: subject, "cannot commit the blob: it was committed already")
            }
            if let length, state.offset < length {
                // Cut short is not wrong: the rest may still come, now or in another process.
                let offset = state.offset
                var again = try SHA256()
                _ = try Self.rehash(file, &again)
                state.hash = consume again
                throw TareError(
                    .unavailable, subject: subject, "cannot use the blob: \(offset) of \(length) bytes have come",
                    hint: "try again; what has come is kept")
            }
            let found = try hash.finish()
            guard wanted == nil || wanted == found, length == nil || length == state.offset else {
                state.isDone = true
                _ = unlink(path)
                throw TareError(
                    .corrupt, subject: subject,
                    "cannot use the blob: its digest is \(found) and it has \(state.offset) bytes"
                        + (wanted.map { ", wanted \($0)" } ?? ""),
                    hint: "fetch it again; if it stays so, the source is damaged")
            }
            try file.synchronise()
            try place(found)
            state.isDone = true
            return (found, state.offset)
        }
    }

    private func place(_ digest: Digest) throws(TareError) {
        try folder.adding { () throws(TareError) in
            try lease.add(blob: digest)
            let target = folder.blobPath(digest)
            guard rename(path, target) == 0 else {
                throw .system("cannot put the blob in its place", subject: target, errno: errno, writing: true)
            }
            _ = fchmod(file.raw, 0o444)
            try FolderMaking.synchronise(folder.blobs)
        }
    }

    /// Opens and locks the file; a file that was committed or removed between both is opened again.
    private static func locked(_ path: String, _ subject: String) throws(TareError) -> OwnedFileDescriptor {
        while true {
            let file = try OwnedFileDescriptor(opening: path, O_RDWR | O_CREAT, mode: 0o600)
            let failure = tare_flock(file.raw, 1, 0)
            if failure == EWOULDBLOCK {
                throw TareError(
                    .unavailable, subject: subject, "cannot take the blob in: another process is doing so",
                    hint: "wait until it has finished", errno: failure)
            }
            if failure != 0 { throw .system("cannot lock the ingest", subject: path, errno: failure) }
            var opened = stat()
            var named = stat()
            if fstat(file.raw, &opened) == 0, stat(path, &named) == 0, opened.st_ino == named.st_ino { return file }
        }
    }

    private static func rehash(_ file: borrowing OwnedFileDescriptor, _ hash: inout SHA256) throws(TareError) -> Int64 {
        guard try file.length() > 0 else { return 0 }
        _ = lseek(file.raw, 0, SEEK_SET)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        defer { buffer.deallocate() }
        var offset: Int64 = 0
        while true {
            let count = try file.read(into: buffer)
            if count == 0 { return offset }
            try hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += Int64(count)
        }
    }
}
