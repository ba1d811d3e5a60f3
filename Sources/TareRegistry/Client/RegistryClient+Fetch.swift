import TareCore
import TareLinux
import TareOCI

extension RegistryClient {
    /// Fetches a blob, or the rest of one, into `receiver`.
    ///
    /// A transfer that breaks off goes on behind the last byte that was kept, by a range request; a registry that does
    /// not know ranges is asked for all of it. Tries are counted in a row without progress. The caller checks the digest.
    ///
    /// - Parameters:
    ///   - blob: what to fetch; more bytes than its length are refused.
    ///   - repository: where it lies.
    ///   - receiver: where the bytes go.
    /// - Throws: `notFound`, `noPermission`, `unavailable`, the receiver's errors; `corrupt` where it is longer or
    ///   shorter than its descriptor says.
    public func fetchBlob(
        _ blob: Descriptor,
        in repository: RegistryRepository,
        into receiver: inout some BlobReceiver
    ) throws(TareError) {
        let subject = Self.name(repository, blob.digest.description)
        var failed = 0
        while receiver.received < blob.size {
            let before = receiver.received
            var asked: Double?
            var last: HTTPFailure?
            do throws(HTTPFailure) {
                let answer = try fetchOnce(blob, in: repository, into: &receiver)
                if !answer.isSuccess {
                    if answer.status == 416, before > 0 {
                        do throws(TareError) { try receiver.restart() } catch { throw .stopped(error) }
                    } else if !Self.isTransient(answer.status) || failed + 1 >= retry.tries {
                        throw .stopped(failure(of: answer, subject: subject, "cannot fetch the blob"))
                    }
                    asked = answer.headers["Retry-After"].flatMap(Double.init)
                } else if receiver.received == before {
                    last = .broken("the registry sent nothing")
                }
            } catch { last = error }
            if receiver.received > before { failed = 0 }
            if receiver.received == blob.size { return }
            failed += 1
            try giveUp(last ?? .broken("it ended before its last byte"), failed: failed, subject: subject)
            RetryPolicy.sleep(retry.wait(after: failed, asked: asked))
            try InterruptFlag.check(subject)
        }
        guard receiver.received == blob.size else {
            throw TareError(.corrupt, subject: subject, "the blob is longer than the \(blob.size) bytes it should have")
        }
    }

    private func fetchOnce(
        _ blob: Descriptor,
        in repository: RegistryRepository,
        into receiver: inout some BlobReceiver
    ) throws(HTTPFailure) -> HTTPResponse {
        var request = HTTPRequest(.get, address(repository, "blobs/\(blob.digest)"))
        request.followsRedirects = true
        let start = receiver.received
        if start > 0 { request.headers.add("Range", "bytes=\(start)-") }
        var isFirst = true
        // An escaping closure cannot hold the inout receiver; the copy comes back when the exchange has ended.
        var kept = receiver
        defer { receiver = kept }
        let take = { (answer: HTTPResponse, bytes: UnsafeRawBufferPointer) throws(TareError) in
            if isFirst, start > 0, !Self.continues(answer, at: start) { try kept.restart() }
            isFirst = false
            guard kept.received + Int64(bytes.count) <= blob.size else {
                throw TareError(
                    .corrupt,
                    subject: Self.name(repository, blob.digest.description),
                    "the registry sent more than the \(blob.size) bytes that the blob should have; it is not used"
                )
            }
            try kept.receive(bytes)
        }
        return try once(request, to: repository, scopes: [scope(repository, .pull)], receive: take)
    }

    /// Whether an answer's body begins at `start`.
    private static func continues(_ answer: HTTPResponse, at start: Int64) -> Bool {
        guard answer.status == 206 else { return false }
        guard let range = answer.headers["Content-Range"] else { return true }
        return range.replacing("bytes ", with: "").hasPrefix("\(start)-")
    }

    /// Whether a repository has a blob.
    public func hasBlob(_ blob: Descriptor, in repository: RegistryRepository) throws(TareError) -> Bool {
        var request = HTTPRequest(.head, address(repository, "blobs/\(blob.digest)"))
        request.followsRedirects = true
        let answer = try send(request, to: repository, scopes: [scope(repository, .pull)])
        if answer.isSuccess { return true }
        if answer.status == 404 { return false }
        throw failure(of: answer, subject: Self.name(repository, blob.digest.description), "cannot ask for the blob")
    }
}
