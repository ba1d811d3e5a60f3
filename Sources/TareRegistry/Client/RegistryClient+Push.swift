import TareCore
import TareLinux
import TareOCI

extension RegistryClient {
    /// How a blob came to be in a repository.
    public enum PushedBlob: String, Sendable, Hashable {
        /// It was there already.
        case present
        /// The registry took it from another repository of its own: no bytes were sent.
        case mounted
        /// Its bytes were sent.
        case sent
    }

    /// Brings a blob into a repository: not at all where it is there, by mounting where another repository has it, else
    /// by sending it.
    ///
    /// A transfer that breaks off goes on where the registry says that it stopped.
    ///
    /// - Parameters:
    ///   - blob: its digest and length.
    ///   - source: its bytes.
    ///   - repository: where to.
    ///   - others: repositories of the same registry that may have it, likeliest first.
    ///   - progress: told the bytes that were sent so far.
    /// - Returns: how it came to be there.
    /// - Throws: `noPermission`, `unavailable`, the source's errors.
    public func pushBlob(
        _ blob: Descriptor,
        from source: some BlobSource,
        to repository: RegistryRepository,
        mountFrom others: [String] = [],
        progress: (Int64) -> Void = { _ in }
    ) throws(TareError) -> PushedBlob {
        if try hasBlob(blob, in: repository) { return .present }
        var begun: String?
        for other in others where other != repository.name {
            switch try begin(blob, in: repository, mountFrom: other) {
            case .mounted: return .mounted
            case .upload(let location): begun = location
            }
            // The registry opened an upload instead: it does not have the blob there, or does not let us see it.
            if begun != nil { break }
        }
        try upload(blob, from: source, to: repository, begun: begun, progress: progress)
        return .sent
    }

    private enum Begun {
        case mounted
        case upload(String)
    }

    private func begin(
        _ blob: Descriptor,
        in repository: RegistryRepository,
        mountFrom other: String?
    ) throws(TareError) -> Begun {
        var path = "blobs/uploads/"
        var scopes = [scope(repository, .push)]
        if let other {
            path += "?mount=\(PercentText.query(blob.digest.description))&from=\(PercentText.query(other))"
            scopes.append(RegistryScope(repository: other, actions: .pull))
        }
        let request = HTTPRequest(.post, address(repository, path))
        let answer = try send(request, to: repository, scopes: scopes) { () throws(TareError) in HTTPBody([]) }
        let subject = Self.name(repository, blob.digest.description)
        if answer.status == 201, other != nil { return .mounted }
        guard answer.status == 202, let location = answer.headers["Location"] else {
            throw failure(of: answer, subject: subject, "cannot begin the upload")
        }
        return .upload(absolute(location, in: repository))
    }

    private func upload(
        _ blob: Descriptor,
        from source: some BlobSource,
        to repository: RegistryRepository,
        begun: String?,
        progress: (Int64) -> Void
    ) throws(TareError) {
        let subject = Self.name(repository, blob.digest.description)
        var location = begun
        var done: Int64 = 0
        var failed = 0
        while true {
            try InterruptFlag.check(subject)
            let target: String
            if let location {
                target = location
            } else {
                guard case .upload(let fresh) = try begin(blob, in: repository, mountFrom: nil) else { return }
                target = fresh
                location = fresh
                done = 0
            }
            let end = chunk > 0 ? min(done + chunk, blob.size) : blob.size
            let isLast = end == blob.size
            var asked: Double?
            do throws(HTTPFailure) {
                let answer = try sendPiece(
                    done..<end, isLast: isLast, of: blob, from: source, location: target, to: repository)
                if answer.isSuccess {
                    if isLast { return progress(blob.size) }
                    failed = 0
                    done = end
                    progress(done)
                    if let next = answer.headers["Location"] { location = absolute(next, in: repository) }
                    continue
                }
                guard Self.isTransient(answer.status) || answer.status == 416 || answer.status == 404,
                    failed + 1 < retry.tries
                else { throw HTTPFailure.stopped(failure(of: answer, subject: subject, "cannot send the blob")) }
                asked = answer.headers["Retry-After"].flatMap(Double.init)
                failed += 1
            } catch {
                failed += 1
                try giveUp(error, failed: failed, subject: subject)
            }
            RetryPolicy.sleep(retry.wait(after: failed, asked: asked))
            (location, done) = try standing(of: target, in: repository)
        }
    }

    /// Sends one piece; the last one closes the upload with the digest.
    private func sendPiece(
        _ range: Range<Int64>,
        isLast: Bool,
        of blob: Descriptor,
        from source: some BlobSource,
        location: String,
        to repository: RegistryRepository
    ) throws(HTTPFailure) -> HTTPResponse {
        var target = location
        if isLast {
            target += (location.contains("?") ? "&" : "?") + "digest=" + PercentText.query(blob.digest.description)
        }
        var request = HTTPRequest(isLast ? .put : .patch, target)
        request.headers.add("Content-Type", "application/octet-stream")
        // A whole blob in one request has no range: some registries take one as a sign of a chunked upload.
        if range.lowerBound > 0 || !isLast {
            request.headers.add("Content-Range", "\(range.lowerBound)-\(range.upperBound - 1)")
        }
        return try once(request, to: repository, scopes: [scope(repository, .push)]) { () throws(TareError) in
            var at = range.lowerBound
            return HTTPBody(length: Int64(range.count)) { (buffer: UnsafeMutableRawBufferPointer) throws(TareError) in
                let room = Int(min(Int64(buffer.count), range.upperBound - at))
                guard room > 0 else { return 0 }
                let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<room]), at: at)
                guard count > 0 else {
                    throw TareError(.corrupt, subject: blob.digest.description, "the blob ends before its length")
                }
                at += Int64(count)
                return count
            }
        }
    }

    /// How far an upload has come, or a fresh start where the registry has forgotten it.
    private func standing(
        of location: String,
        in repository: RegistryRepository
    ) throws(TareError) -> (location: String?, done: Int64) {
        let request = HTTPRequest(.get, location)
        let answer = try send(request, to: repository, scopes: [scope(repository, .push)])
        guard answer.isSuccess else { return (nil, 0) }
        let next = answer.headers["Location"].map { absolute($0, in: repository) } ?? location
        // `0-1023` are 1024 bytes; `0-0` is what registries send for none as well as for one, and a piece has more.
        let last = answer.headers["Range"].flatMap { $0.split(separator: "-").last }.flatMap { Int64($0) } ?? 0
        return (next, last == 0 ? 0 : last + 1)
    }
}
