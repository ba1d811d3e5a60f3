import Synchronization
import TareCore
import TareImages
import TareOCI

/// A blob that comes in piece by piece; one request at a time adds to it.
final class HubUpload: Sendable {
    let id: String
    let ingest: Ingest
    private let busy = Mutex(false)

    init(id: String, ingest: Ingest) {
        self.id = id
        self.ingest = ingest
    }

    /// Takes the upload for one request.
    func begin() throws(HubFailure) {
        let taken = busy.withLock { busy in
            defer { busy = true }
            return !busy
        }
        guard taken else { throw HubFailure(409, .blobUploadInvalid, "another request is adding to the upload \(id)") }
    }

    /// Gives it back.
    func end() { busy.withLock { $0 = false } }
}
