import FoundationEssentials
import TareCore
import TareImages
import TareLinux
import TareOCI

extension HubStore {
    /// A manifest as it is stored.
    struct StoredManifest {
        var digest: Digest
        var mediaType: String
        var bytes: [UInt8]
    }

    /// What of a manifest the hub must understand; everything else is the client's business.
    private struct ManifestOutline: Decodable {
        var schemaVersion: Int?
        var mediaType: String?
        var artifactType: String?
        var config: Descriptor?
        var layers: [Descriptor]?
        var manifests: [Descriptor]?
        var subject: Descriptor?
        var annotations: [String: String]?
    }

    /// The digest that a tag or digest stands for in a repository.
    func resolve(_ reference: String, in name: RepositoryName) throws(HubFailure) -> Digest {
        let unknown = HubFailure(404, .manifestUnknown, "the repository \(name) has no manifest \(reference)")
        let digest: Digest
        if reference.contains(":") {
            guard let read = Digest(reference) else {
                throw HubFailure(400, .digestInvalid, "not a digest: \(reference)")
            }
            digest = read
        } else {
            guard TagName(reference) != nil else { throw unknown }
            let path = "\(folder(name))/_tags/\(reference)"
            guard let text = FileReading.valueIfPresent(at: path), let read = Digest(text) else { throw unknown }
            digest = read
        }
        guard FileReading.exists("\(folder(name))/_manifests/\(digest.hex)"), content.has(digest) else { throw unknown }
        return digest
    }

    func manifest(_ reference: String, in name: RepositoryName) throws(HubFailure) -> StoredManifest {
        let digest = try resolve(reference, in: name)
        return try Self.internally { () throws(TareError) in
            let type = try FileReading.text(at: "\(folder(name))/_manifests/\(digest.hex)")
            return StoredManifest(digest: digest, mediaType: type, bytes: try content.bytes(digest))
        }
    }

    /// Stores a manifest.
    ///
    /// - Parameters:
    ///   - bytes: the manifest as it came.
    ///   - type: its `Content-Type`, without parameters; `nil` where there was none.
    ///   - reference: a tag or its digest.
    ///   - tags: further tags.
    ///   - name: the repository.
    /// - Returns: the digest, and the subject that it names.
    /// - Throws: 400 and 404 with the specification's codes.
    func store(
        _ bytes: [UInt8],
        type: String?,
        as reference: String,
        tags: [String],
        in name: RepositoryName
    ) throws(HubFailure) -> (digest: Digest, subject: Digest?) {
        guard let outline = try? JSONDecoder().decode(ManifestOutline.self, from: Data(bytes)) else {
            throw HubFailure(400, .manifestInvalid, "the manifest is not a JSON object with well-formed descriptors")
        }
        if let type, let inside = outline.mediaType, type != inside {
            throw HubFailure(400, .manifestInvalid, "Content-Type is \(type), but the manifest says \(inside)")
        }
        guard let type = type ?? outline.mediaType, !type.isEmpty else {
            throw HubFailure(400, .manifestInvalid, "neither Content-Type nor the manifest says what it is")
        }
        let digest = try Self.internally { () throws(TareError) in try SHA256.digest(of: bytes) }
        var wanted = tags
        if reference.contains(":") {
            guard let promised = Digest(reference) else {
                throw HubFailure(400, .digestInvalid, "not a digest: \(reference)")
            }
            guard promised == digest else {
                throw HubFailure(400, .digestInvalid, "the manifest's digest is \(digest), not \(reference)")
            }
        } else {
            wanted.append(reference)
        }
        for tag in wanted where TagName(tag) == nil {
            throw HubFailure(400, .manifestInvalid, "not a tag: \(tag)")
        }
        try checkParts(outline, in: name)
        try Self.internally { () throws(TareError) in
            let lease = try content.lease("manifest")
            _ = try content.put(bytes, mediaType: MediaType(rawValue: type), lease: lease)
            try FolderMaking.make(folder(name) + "/_manifests")
            // The specification lets a manifest be read as a blob too.
            try link(blob: digest, in: name)
            try AtomicFile.write("\(folder(name))/_manifests/\(digest.hex)", text: type)
            if let subject = outline.subject {
                try storeReferrer(
                    Descriptor(
                        mediaType: MediaType(rawValue: type),
                        digest: digest,
                        size: Int64(bytes.count),
                        annotations: outline.annotations,
                        artifactType: outline.artifactType ?? outline.config?.mediaType.rawValue
                    ),
                    subject: subject.digest,
                    in: name
                )
            }
            for tag in wanted {
                try FolderMaking.make(folder(name) + "/_tags")
                try AtomicFile.write("\(folder(name))/_tags/\(tag)", text: digest.description)
            }
        }
        return (digest, outline.subject?.digest)
    }

    /// All that an image needs must be there before its manifest, or a pull would fail half way.
    private func checkParts(_ outline: ManifestOutline, in name: RepositoryName) throws(HubFailure) {
        var blobs = outline.layers ?? []
        if let config = outline.config { blobs.append(config) }
        for blob in blobs
        where !blob.mediaType.rawValue.contains("nondistributable") && !blob.mediaType.rawValue.contains("foreign") {
            guard has(blob: blob.digest, in: name) else {
                throw HubFailure(
                    404, .manifestBlobUnknown, "the manifest names the blob \(blob.digest), which \(name) lacks")
            }
            if let size = content.size(blob.digest), size != blob.size {
                throw HubFailure(
                    400, .sizeInvalid, "the manifest says that \(blob.digest) has \(blob.size) bytes; it has \(size)")
            }
        }
        for manifest in outline.manifests ?? [] where !has(blob: manifest.digest, in: name) {
            throw HubFailure(404, .manifestBlobUnknown, "the index names \(manifest.digest), which \(name) lacks")
        }
    }

    /// Deletes a tag, or a manifest with all its tags.
    func remove(manifest reference: String, from name: RepositoryName) throws(HubFailure) {
        let digest = try resolve(reference, in: name)
        guard reference.contains(":") else {
            return try Self.internally { () throws(TareError) in
                try FileRemoving.remove("\(folder(name))/_tags/\(reference)")
            }
        }
        let subject = (try? content.document(ManifestOutline.self, digest))?.subject?.digest
        try Self.internally { () throws(TareError) in
            for tag in try FolderNames.list(folder(name) + "/_tags") {
                let path = "\(folder(name))/_tags/\(tag)"
                if FileReading.valueIfPresent(at: path) == digest.description { try FileRemoving.remove(path) }
            }
            if let subject { try FileRemoving.remove("\(folder(name))/_referrers/\(subject.hex)/\(digest.hex)") }
            try FileRemoving.remove("\(folder(name))/_manifests/\(digest.hex)")
            try FileRemoving.remove("\(folder(name))/_blobs/\(digest.hex)")
        }
    }

    private func storeReferrer(_ descriptor: Descriptor, subject: Digest, in name: RepositoryName) throws(TareError) {
        let links = "\(folder(name))/_referrers/\(subject.hex)"
        try FolderMaking.make(links)
        try AtomicFile.write("\(links)/\(descriptor.digest.hex)", text: try JSONText.encode(descriptor, pretty: false))
    }

    /// The manifests that name `subject`, by digest.
    ///
    /// - Parameters:
    ///   - subject: the manifest that they name.
    ///   - type: only those of this artifact type.
    ///   - name: the repository.
    /// - Returns: their descriptors, sorted by digest.
    /// - Throws: 500 where the store cannot be read.
    func referrers(to subject: Digest, type: String?, in name: RepositoryName) throws(HubFailure) -> [Descriptor] {
        try Self.internally { () throws(TareError) in
            let links = "\(folder(name))/_referrers/\(subject.hex)"
            var found: [Descriptor] = []
            for hex in try FolderNames.list(links) {
                let path = links + "/" + hex
                let descriptor = try JSONText.decode(
                    Descriptor.self, from: try FileReading.text(at: path), subject: path)
                if type == nil || descriptor.artifactType == type { found.append(descriptor) }
            }
            return found
        }
    }
}
