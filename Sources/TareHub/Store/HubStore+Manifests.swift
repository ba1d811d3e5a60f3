import FoundationEssentials
import TareCore
import TareImages
import TareLinux
import TareOCI

extension HubStore {
    /// A manifest as it is stored.
    struct StoredManifest {
        var digest: HubDigest
        var mediaType: String
        var bytes: [UInt8]
    }

    /// The digest that a tag or digest stands for in a repository.
    func resolve(_ reference: String, in name: RepositoryName) throws(HubFailure) -> HubDigest {
        let unknown = HubFailure(404, .manifestUnknown, "the repository \(name) has no manifest \(reference)")
        let digest: HubDigest
        if reference.contains(":") {
            guard let read = HubDigest(reference) else {
                throw HubFailure(400, .digestInvalid, "not a digest: \(reference)")
            }
            digest = read
        } else {
            guard TagName(reference) != nil else { throw unknown }
            let path = "\(folder(name))/_tags/\(reference)"
            guard let text = FileReading.valueIfPresent(at: path), let read = HubDigest(text) else { throw unknown }
            digest = read
        }
        guard FileReading.exists("\(folder(name))/_manifests/\(digest.fileName)"), has(blob: digest, in: name) else {
            throw unknown
        }
        return digest
    }

    func manifest(_ reference: String, in name: RepositoryName) throws(HubFailure) -> StoredManifest {
        let digest = try resolve(reference, in: name)
        guard let found = content(digest, in: name) else {
            throw HubFailure(404, .manifestUnknown, "the repository \(name) has no manifest \(reference)")
        }
        return try Self.internally { () throws(TareError) in
            let type = try FileReading.text(at: "\(folder(name))/_manifests/\(digest.fileName)")
            return StoredManifest(digest: digest, mediaType: type, bytes: try content.bytes(found))
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
    ) throws(HubFailure) -> (digest: HubDigest, subject: HubDigest?) {
        guard let outline = try? JSONDecoder().decode(ManifestOutline.self, from: Data(bytes)) else {
            throw HubFailure(400, .manifestInvalid, "the manifest is not a JSON object with well-formed descriptors")
        }
        if let type, let inside = outline.mediaType, type != inside {
            throw HubFailure(400, .manifestInvalid, "Content-Type is \(type), but the manifest says \(inside)")
        }
        guard let type = type ?? outline.mediaType, !type.isEmpty else {
            throw HubFailure(400, .manifestInvalid, "neither Content-Type nor the manifest says what it is")
        }
        var wanted = tags
        var promised: HubDigest?
        if reference.contains(":") {
            guard let read = HubDigest(reference) else {
                throw HubFailure(400, .digestInvalid, "not a digest: \(reference)")
            }
            promised = read
        } else {
            wanted.append(reference)
        }
        for tag in wanted where TagName(tag) == nil {
            throw HubFailure(400, .manifestInvalid, "not a tag: \(tag)")
        }
        try checkParts(outline, in: name)
        let digest = try keep(bytes, type: type, promised: promised, in: name)
        try Self.internally { () throws(TareError) in
            if let subject = outline.subject {
                let descriptor = HubDescriptor(
                    mediaType: type,
                    digest: digest,
                    size: Int64(bytes.count),
                    annotations: outline.annotations,
                    artifactType: outline.artifactType ?? outline.config?.mediaType
                )
                try storeReferrer(descriptor, subject: subject.digest, in: name)
            }
            for tag in wanted {
                try FolderMaking.make(folder(name) + "/_tags")
                try AtomicFile.write("\(folder(name))/_tags/\(tag)", text: digest.description)
            }
        }
        return (digest, outline.subject?.digest)
    }

    /// Puts a manifest's bytes into the content store and says that the repository has it.
    ///
    /// - Parameters:
    ///   - bytes: the manifest.
    ///   - type: its type.
    ///   - promised: the digest that the client names it by; `nil` for its sha256.
    ///   - name: the repository.
    /// - Returns: that digest.
    /// - Throws: 400 where the digest is another one.
    private func keep(
        _ bytes: [UInt8],
        type: String,
        promised: HubDigest?,
        in name: RepositoryName
    ) throws(HubFailure) -> HubDigest {
        let lease = try Self.internally { () throws(TareError) in try content.lease("manifest") }
        let (found, digest) = try Self.internally { () throws(TareError) in
            let found = try content.put(bytes, mediaType: MediaType(rawValue: type), lease: lease).digest
            let digest =
                promised?.algorithm == .sha512 ? try HubDigest.sha512(of: try content.open(found)) : HubDigest(found)
            return (found, digest)
        }
        if let promised, promised != digest {
            throw HubFailure(400, .digestInvalid, "the manifest's digest is \(digest), not \(promised)")
        }
        try Self.internally { () throws(TareError) in
            try FolderMaking.make(folder(name) + "/_manifests")
            // The specification lets a manifest be read as a blob too.
            try link(blob: digest, content: found, in: name)
            try AtomicFile.write("\(folder(name))/_manifests/\(digest.fileName)", text: type)
        }
        return digest
    }

    /// All that an image needs must be there before its manifest, or a pull would fail half way.
    private func checkParts(_ outline: ManifestOutline, in name: RepositoryName) throws(HubFailure) {
        var blobs = outline.layers ?? []
        if let config = outline.config { blobs.append(config) }
        for blob in blobs where !blob.mayBeElsewhere {
            guard let found = content(blob.digest, in: name) else {
                let words = "the manifest names the blob \(blob.digest), which \(name) lacks"
                throw HubFailure(404, .manifestBlobUnknown, words)
            }
            if let size = content.size(found), size != blob.size {
                let words = "the manifest says that \(blob.digest) has \(blob.size) bytes; it has \(size)"
                throw HubFailure(400, .sizeInvalid, words)
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
        let found = content(digest, in: name)
        let subject = found.flatMap { try? content.document(ManifestOutline.self, $0) }?.subject?.digest
        try Self.internally { () throws(TareError) in
            for tag in try FolderNames.list(folder(name) + "/_tags") {
                let path = "\(folder(name))/_tags/\(tag)"
                if FileReading.valueIfPresent(at: path) == digest.description { try FileRemoving.remove(path) }
            }
            if let subject {
                try FileRemoving.remove("\(folder(name))/_referrers/\(subject.fileName)/\(digest.fileName)")
            }
            try FileRemoving.remove("\(folder(name))/_manifests/\(digest.fileName)")
            try FileRemoving.remove("\(folder(name))/_blobs/\(digest.fileName)")
        }
    }

    private func storeReferrer(
        _ descriptor: HubDescriptor,
        subject: HubDigest,
        in name: RepositoryName
    ) throws(TareError) {
        let links = "\(folder(name))/_referrers/\(subject.fileName)"
        try FolderMaking.make(links)
        let text = try JSONText.encode(descriptor, pretty: false)
        try AtomicFile.write("\(links)/\(descriptor.digest.fileName)", text: text)
    }

    /// The manifests that name `subject`, by digest.
    ///
    /// - Parameters:
    ///   - subject: the manifest that they name.
    ///   - type: only those of this artifact type.
    ///   - name: the repository.
    /// - Returns: their descriptors, sorted by digest.
    /// - Throws: 500 where the store cannot be read.
    func referrers(
        to subject: HubDigest,
        type: String?,
        in name: RepositoryName
    ) throws(HubFailure) -> [HubDescriptor] {
        try Self.internally { () throws(TareError) in
            let links = "\(folder(name))/_referrers/\(subject.fileName)"
            var found: [HubDescriptor] = []
            for hex in try FolderNames.list(links) {
                let path = links + "/" + hex
                let descriptor = try JSONText.decode(
                    HubDescriptor.self, from: try FileReading.text(at: path), subject: path)
                if type == nil || descriptor.artifactType == type { found.append(descriptor) }
            }
            return found
        }
    }
}
