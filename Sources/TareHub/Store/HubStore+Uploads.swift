import FoundationEssentials
import TareCore
import TareImages
import TareLinux
import TareOCI

extension HubStore {
    /// Begins an upload.
    func beginUpload(in name: RepositoryName) throws(HubFailure) -> HubUpload {
        let id = UUID().uuidString.lowercased()
        return try Self.internally { () throws(TareError) in
            let upload = HubUpload(id: id, ingest: try content.ingest(reference: id, lease: content.lease("upload")))
            try FolderMaking.make(folder(name) + "/_uploads")
            try AtomicFile.write("\(folder(name))/_uploads/\(id)", [])
            uploads.withLock { $0[id] = upload }
            return upload
        }
    }

    /// An upload that was begun in this repository, also by a server that has ended since.
    func upload(_ id: String, in name: RepositoryName) throws(HubFailure) -> HubUpload {
        guard UUID(uuidString: id) != nil, FileReading.exists("\(folder(name))/_uploads/\(id)") else {
            throw HubFailure(404, .blobUploadUnknown, "there is no upload \(id) in the repository \(name)")
        }
        if let upload = uploads.withLock({ $0[id] }) { return upload }
        return try Self.internally { () throws(TareError) in
            let upload = HubUpload(id: id, ingest: try content.ingest(reference: id, lease: content.lease("upload")))
            return uploads.withLock { uploads in
                if let other = uploads[id] { return other }
                uploads[id] = upload
                return upload
            }
        }
    }

    /// Ends an upload: the blob is there, or the digest was wrong and nothing is.
    func finish(_ upload: HubUpload, digest: HubDigest, in name: RepositoryName) throws(HubFailure) {
        do throws(TareError) {
            let found = try upload.ingest.commit(expecting: digest.content).digest
            if digest.content == nil {
                let actual = try HubDigest.sha512(of: try content.open(found))
                guard actual == digest else {
                    // Nobody names it: it cannot be read, and goes when the hub starts again.
                    throw TareError(.corrupt, subject: upload.id, "the blob's digest is \(actual), not \(digest)")
                }
            }
            try link(blob: digest, content: found, in: name)
            try forget(upload, in: name)
        } catch {
            if error.code == .corrupt {
                try Self.internally { () throws(TareError) in try forget(upload, in: name) }
                throw HubFailure(400, .digestInvalid, error.message)
            }
            try Self.internally { () throws(TareError) in throw error }
        }
    }

    /// Drops an upload with what has come.
    func cancel(_ upload: HubUpload, in name: RepositoryName) throws(HubFailure) {
        try Self.internally { () throws(TareError) in
            try upload.ingest.cancel()
            try forget(upload, in: name)
        }
    }

    private func forget(_ upload: HubUpload, in name: RepositoryName) throws(TareError) {
        _ = uploads.withLock { $0.removeValue(forKey: upload.id) }
        try FileRemoving.remove("\(folder(name))/_uploads/\(upload.id)")
    }
}
