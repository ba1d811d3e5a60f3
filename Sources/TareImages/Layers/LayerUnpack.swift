import CTareLinux
import Glibc
import TareCore
import TareLinux

/// Unpacks a layer in three threads: read and inflate, digest, apply.
public enum LayerUnpack {
    /// Applies a layer to a folder.
    ///
    /// The caller drops the folder where this throws: part of the layer may be in it.
    ///
    /// - Parameters:
    ///   - source: the layer's bytes, packed or not.
    ///   - path: the folder; it must be there.
    ///   - style: what whiteouts become.
    ///   - policy: what the layer may bring.
    ///   - diffID: the digest that the uncompressed archive must have.
    /// - Returns: what came out of it.
    /// - Throws: `corrupt` where the archive is damaged, hostile, or not the promised one; `TareError` with the errno.
    /// - Complexity: O(bytes); three threads for the time of the call.
    public static func apply(
        _ source: any ByteInput,
        to path: String,
        style: WhiteoutStyle,
        policy: LayerPolicy = LayerPolicy(),
        diffID: Digest? = nil
    ) throws(TareError) -> LayerReport {
        try apply(source, to: try LayerRoot(path), style: style, policy: policy, diffID: diffID)
    }

    static func apply(
        _ source: any ByteInput,
        to root: LayerRoot,
        style: WhiteoutStyle,
        policy: LayerPolicy,
        diffID: Digest?
    ) throws(TareError) -> LayerReport {
        let (input, compression) = try Compression.opened(source)
        let ring = PieceRing(readers: 2)
        let work = Work(input: input, root: root, ring: ring)
        let filler = try WorkerThread { work.ring.fill(from: work.input) }
        let applier: WorkerThread
        do throws(TareError) {
            applier = try WorkerThread { work.apply(style, policy) }
        } catch {
            ring.abandon()
            filler.join()
            throw error
        }
        var digest: (Digest, Int64)?
        var failure: TareError?
        do throws(TareError) { digest = try hash(ring) } catch {
            failure = error
            ring.abandon()
        }
        applier.join()
        filler.join()
        // What the applier says comes first: it knows the member.
        if let failure = work.failure ?? failure { throw failure }
        guard let (found, size) = digest else {
            throw TareError(.internal, subject: source.subject, "the layer has no digest")
        }
        guard diffID == nil || diffID == found else {
            throw TareError(
                .corrupt, subject: source.subject,
                "cannot use the layer: its content has the digest \(found), wanted \(diffID?.description ?? "")",
                hint: "remove the image and pull it again")
        }
        work.report.diffID = found
        work.report.size = size
        work.report.compression = compression
        return work.report
    }

    private static func hash(_ ring: PieceRing) throws(TareError) -> (Digest, Int64) {
        var hash = try SHA256()
        var size: Int64 = 0
        var isFirst = true
        while let piece = try ring.next(reader: 1, first: isFirst) {
            isFirst = false
            try hash.update(piece)
            size += Int64(piece.count)
        }
        return (try hash.finish(), size)
    }

    /// What the threads share; each field has one user at a time, ordered by starting and joining.
    private final class Work: @unchecked Sendable {
        let input: any ByteInput
        let root: LayerRoot
        let ring: PieceRing
        var report = LayerReport()
        var failure: TareError?

        init(input: any ByteInput, root: LayerRoot, ring: PieceRing) {
            self.input = input
            self.root = root
            self.ring = ring
        }

        func apply(_ style: WhiteoutStyle, _ policy: LayerPolicy) {
            do throws(TareError) {
                let failure = tare_thread_umask_none()
                if failure < 0 { throw .system("cannot set the umask", subject: root.subject, errno: -failure) }
                var isFirst = true
                let ring = ring
                let reader = TarReader(subject: input.subject) { () throws(TareError) in
                    defer { isFirst = false }
                    return try ring.next(reader: 0, first: isFirst)
                }
                let applier = LayerApplier(root, style: style, policy: policy, reader: reader)
                try applier.run()
                report = applier.report
                // What follows the end of the archive still belongs to its digest.
                while try ring.next(reader: 0, first: isFirst) != nil { isFirst = false }
            } catch {
                failure = error
                ring.abandon()
            }
        }
    }
}
