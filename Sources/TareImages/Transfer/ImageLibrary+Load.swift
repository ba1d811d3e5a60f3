import Glibc
import TareCore
import TareLinux
import TareOCI

extension ImageLibrary {
    /// Takes images in from an OCI layout or a docker-archive, each a folder or a tar, packed or not.
    ///
    /// All blobs are verified before a name is given. Blobs that are there already are not read.
    ///
    /// - Parameters:
    ///   - path: the layout or archive.
    ///   - name: the name to give; needed where the source names nothing, and only for a source of one image.
    /// - Returns: the names that were given, in the source's order.
    /// - Throws: `notFound`, `invalid` where it is no image, `corrupt` where something does not have its digest,
    ///   `usage` where a name is missing or cannot be used.
    @discardableResult
    public func load(_ path: String, as name: String? = nil) throws(TareError) -> [ImageRecord] {
        let lease = try content.lease("load " + path)
        defer { withExtendedLifetime(lease) {} }
        let members: any MemberStore =
            FolderMaking.isFolder(path)
            ? FolderMembers(subject: path) : try ArchiveMembers(path, temporary: folder.ingest)
        // skopeo and docker write both forms into one archive; the layout's digests are those of the registry.
        if members.contains(ImageLayout.indexName), members.contains(ImageLayout.markerName) {
            return try loadLayout(members, name, lease)
        }
        if members.contains(DockerArchiveManifest.fileName) { return try loadDockerArchive(members, name, lease) }
        throw TareError(
            .invalid, subject: path, "cannot load it: it is neither an OCI layout nor a docker-archive",
            hint: "make one with `tare image save`, `docker save` or `skopeo copy`")
    }

    private func loadLayout(
        _ members: any MemberStore, _ name: String?, _ lease: Lease
    ) throws(TareError) -> [ImageRecord] {
        let marker = try members.document(ImageLayout.self, ImageLayout.markerName)
        guard marker.imageLayoutVersion.hasPrefix("1.") else {
            throw TareError(
                .unsupported, subject: members.subject,
                "cannot load the layout: its version is \(marker.imageLayoutVersion), not 1")
        }
        let index = try members.document(ImageIndex.self, ImageLayout.indexName)
        guard !index.manifests.isEmpty else {
            throw TareError(.invalid, subject: members.subject, "cannot load the layout: its index names no image")
        }
        if name != nil, index.manifests.count > 1 {
            throw TareError(
                .usage, subject: members.subject, "cannot give one name to the \(index.manifests.count) images in it")
        }
        var chosen: [(String, Descriptor)] = []
        for descriptor in index.manifests {
            let found = name ?? descriptor.annotations?["io.containerd.image.name"] ?? descriptor.referenceName
            chosen.append((try Self.fullName(found, members.subject), descriptor))
        }
        for (_, descriptor) in chosen { try copy(descriptor, from: members, lease, depth: 0) }
        var records: [ImageRecord] = []
        for (name, descriptor) in chosen {
            let target = Descriptor(mediaType: descriptor.mediaType, digest: descriptor.digest, size: descriptor.size)
            records.append(try names.put(name, target))
        }
        return records
    }

    /// Takes in a blob and all that it names; of an index what the source has.
    private func copy(
        _ descriptor: Descriptor, from members: any MemberStore, _ lease: Lease, depth: Int
    ) throws(TareError) {
        guard depth < 6 else {
            throw TareError(
                .corrupt, subject: members.subject, "cannot load it: its indexes lead to indexes without end")
        }
        try take(descriptor, ImageLayout.blobPath(descriptor.digest), from: members, lease)
        if descriptor.mediaType.isIndex {
            let index = try content.document(ImageIndex.self, descriptor.digest)
            for child in index.manifests where members.contains(ImageLayout.blobPath(child.digest)) {
                try copy(child, from: members, lease, depth: depth + 1)
            }
        } else if descriptor.mediaType.isManifest {
            let manifest = try content.document(ImageManifest.self, descriptor.digest)
            try take(manifest.config, ImageLayout.blobPath(manifest.config.digest), from: members, lease)
            for layer in manifest.layers {
                try take(layer, ImageLayout.blobPath(layer.digest), from: members, lease)
            }
        }
    }

    private func take(
        _ descriptor: Descriptor, _ member: String, from members: any MemberStore, _ lease: Lease
    ) throws(TareError) {
        if try content.protect(descriptor.digest, by: lease) { return }
        let ingest = try content.ingest(descriptor, lease: lease)
        if ingest.offset > 0 { try ingest.restart() }
        try ingest.write(from: try members.open(member))
        try ingest.commit()
    }

    private func loadDockerArchive(
        _ members: any MemberStore, _ name: String?, _ lease: Lease
    ) throws(TareError) -> [ImageRecord] {
        let images = try members.document([DockerArchiveManifest].self, DockerArchiveManifest.fileName)
        if name != nil, images.count != 1 {
            throw TareError(
                .usage, subject: members.subject, "cannot give one name to the \(images.count) images in it")
        }
        var records: [ImageRecord] = []
        for image in images {
            var given: [String] = []
            for tag in name.map({ [$0] }) ?? image.repoTags ?? [] {
                given.append(try Self.fullName(tag, members.subject))
            }
            if given.isEmpty { given = [try Self.fullName(nil, members.subject)] }
            let target = try manifest(of: image, in: members, lease)
            for name in given { records.append(try names.put(name, target)) }
        }
        return records
    }

    /// Makes a manifest for what the archive holds: its layers lie there unpacked, without digests of their own.
    private func manifest(
        of image: DockerArchiveManifest, in members: any MemberStore, _ lease: Lease
    ) throws(TareError) -> Descriptor {
        let config = try content.put(try members.bytes(image.config), mediaType: .config, lease: lease)
        let diffIDs = try content.document(ImageConfig.self, config.digest).rootfs.diffIDs
        guard diffIDs.count == image.layers.count else {
            throw TareError(
                .corrupt, subject: members.subject,
                "cannot load the image: it has \(image.layers.count) layers, but digests of \(diffIDs.count)")
        }
        var layers: [Descriptor] = []
        for (diffID, member) in zip(diffIDs, image.layers) {
            if try content.protect(diffID, by: lease), let size = content.size(diffID) {
                layers.append(Descriptor(mediaType: .layer, digest: diffID, size: size))
                continue
            }
            let (input, compression) = try Compression.opened(try members.open(member))
            // A packed one keeps its packing; its diff id is then verified when it is unpacked.
            let ingest = try content.ingest(reference: nil, lease: lease)
            try ingest.write(from: compression == .none ? input : try members.open(member))
            let blob = try ingest.commit(expecting: compression == .none ? diffID : nil)
            layers.append(Descriptor(mediaType: compression.mediaType, digest: blob.digest, size: blob.size))
        }
        return try content.put(
            document: ImageManifest(config: config, layers: layers), mediaType: .manifest, lease: lease)
    }

    /// A name in full; a tag alone, as layouts often have it, is not enough.
    private static func fullName(_ text: String?, _ subject: String) throws(TareError) -> String {
        guard let text, !text.isEmpty else {
            throw TareError(
                .usage, subject: subject, "cannot load the image: it has no name in there", hint: "give it a name")
        }
        return try ImageReference(text).description
    }
}
