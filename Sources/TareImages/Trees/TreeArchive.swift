import Glibc
import TareCore
import TareLinux

/// Trees as tar streams, both ways: what `cp` and `export` carry.
///
/// Folders are given as open descriptors and nothing is looked up by a path, so that no link can lead out of them.
public enum TreeArchive {
    /// Writes what is at a name of an open folder.
    ///
    /// - Parameters:
    ///   - name: the entry; `nil` for all that is in the folder, and not the folder itself.
    ///   - folder: the open folder.
    ///   - newName: the entry's name in the archive.
    ///   - output: gets the archive, and is finished.
    /// - Throws: `notFound`; `corrupt` where a file changes while it is read; `TareError` with the errno.
    /// - Complexity: O(entries + bytes). Sockets are left out: they mean nothing without their process.
    public static func write(
        _ name: String?,
        in folder: Int32,
        as newName: String? = nil,
        to output: any ByteOutput
    ) throws(TareError) {
        let writer = try TreeWriter(output)
        if let name {
            let bytes = Array(name.utf8)
            guard let facts = LayerRoot.look(folder, bytes) else {
                throw .system("cannot find it", subject: name, errno: errno)
            }
            try writer.add(bytes, facts, in: folder, as: Array((newName ?? name).utf8))
        } else {
            let file = try OwnedFileDescriptor(opening: "/proc/self/fd/\(folder)", O_RDONLY | O_DIRECTORY)
            try writer.addAll(in: file, below: [])
        }
        try writer.finish()
    }

    /// Unpacks an archive into an open folder; one that is packed is unpacked first.
    ///
    /// - Parameters:
    ///   - input: the archive.
    ///   - folder: the open folder, out of which no member leads.
    ///   - policy: whether owners are kept, and devices made.
    /// - Throws: `corrupt` where the archive is damaged or hostile; part of it may be there then.
    public static func unpack(
        _ input: any ByteInput,
        into folder: Int32,
        policy: LayerPolicy = LayerPolicy()
    ) throws(TareError) {
        let root = try LayerRoot("/proc/self/fd/\(folder)")
        _ = try LayerUnpack.apply(input, to: root, style: .literal, policy: policy, diffID: nil)
    }

    /// Copies an entry from one open folder into another, as an archive between two threads.
    ///
    /// - Parameters:
    ///   - name: the entry; `nil` for all that is in the folder.
    ///   - folder: the open folder to copy from.
    ///   - newName: the entry's new name.
    ///   - target: the open folder to copy into.
    ///   - policy: whether owners are kept, and devices made.
    /// - Throws: as `write` and `unpack`.
    public static func copy(
        _ name: String?,
        in folder: Int32,
        as newName: String?,
        into target: Int32,
        policy: LayerPolicy
    ) throws(TareError) {
        let pipe = try BytePipe()
        let outcome = Outcome()
        let worker = try WorkerThread {
            do throws(TareError) { try write(name, in: folder, as: newName, to: pipe) } catch {
                outcome.failure = error
            }
            pipe.closeWriting()
        }
        var failure: TareError?
        do throws(TareError) { try unpack(pipe, into: target, policy: policy) } catch {
            failure = error
            pipe.abandon()
        }
        worker.join()
        // What could not be read comes first: the other side then only saw an archive that was cut.
        if let first = outcome.failure, first.code != .cancelled { throw first }
        if let failure { throw failure }
    }

    /// What the writing thread leaves; read after it was joined.
    private final class Outcome: @unchecked Sendable {
        var failure: TareError?
    }
}
