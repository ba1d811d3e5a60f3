import Glibc
import TareCore
import TareLinux
import TareOCI

extension ImageLibrary {
    /// Writes images out; the same images give the same bytes.
    ///
    /// A file is written beside, brought to the disk and renamed; a folder must not be there, or be empty.
    ///
    /// - Parameters:
    ///   - wanted: the images' names.
    ///   - path: the folder or file.
    ///   - format: its form.
    ///   - platform: which image of an index where not all of the index's are here, and for a docker-archive.
    /// - Throws: `notFound` where a layer's blob was dropped after it was unpacked; `exists`, `cannotWrite`.
    public func save(
        _ wanted: [String], to path: String, format: SaveFormat, platform: ImagePlatform = .host
    ) throws(TareError) {
        let lease = try content.lease("save " + path)
        defer { withExtendedLifetime(lease) {} }
        var images: [Image] = []
        for name in wanted {
            let image = try image(name, platform: platform)
            try lease.add(blob: image.target.digest)
            images.append(image)
        }
        if format == .layout {
            try FolderMaking.make(path)
            guard try StoreFolder.entries(path).isEmpty else {
                throw TareError(.exists, subject: path, "cannot save there: the folder is not empty")
            }
            try layout(images, FolderSink(path))
            return
        }
        let beside = "\(path).\(StoreFolder.uniqueName()).tmp"
        do throws(TareError) {
            let sink = try ArchiveSink(beside)
            if format == .layoutArchive { try layout(images, sink) } else { try dockerArchive(images, sink) }
            try sink.finish()
            guard rename(beside, path) == 0 else {
                throw .system("cannot put the archive in its place", subject: path, errno: errno, writing: true)
            }
        } catch {
            _ = unlink(beside)
            throw error
        }
        try FolderMaking.synchronise(PathText.folder(of: path))
    }

    private func layout(_ images: [Image], _ sink: any MemberSink) throws(TareError) {
        var written: Set<Digest> = []
        var entries: [Descriptor] = []
        func blob(_ digest: Digest) throws(TareError) {
            guard written.insert(digest).inserted else { return }
            let reader = try content.open(digest)
            try sink.add(ImageLayout.blobPath(digest), reader.length, reader)
        }
        for image in images {
            var target = image.target
            if target.mediaType.isIndex {
                let index = try content.document(ImageIndex.self, target.digest)
                // A layout whose index names what is not in it is refused by many; then the platform's own goes alone.
                var isComplete = true
                for child in index.manifests where isComplete { isComplete = try isWhole(child) }
                if isComplete {
                    for child in index.manifests { try manifest(child.digest, blob) }
                    try blob(target.digest)
                } else {
                    target = image.descriptor
                }
            }
            if !target.mediaType.isIndex { try manifest(target.digest, blob) }
            target.platform = nil
            target.annotations = image.name.map { ["org.opencontainers.image.ref.name": $0] }
            entries.append(target)
        }
        try sink.add(ImageLayout.indexName, try JSONText.encode(ImageIndex(manifests: entries), pretty: false))
        try sink.add(ImageLayout.markerName, try JSONText.encode(ImageLayout(), pretty: false))
    }

    private func isWhole(_ descriptor: Descriptor) throws(TareError) -> Bool {
        guard content.has(descriptor.digest), descriptor.mediaType.isManifest else { return false }
        let manifest = try content.document(ImageManifest.self, descriptor.digest)
        return content.has(manifest.config.digest) && manifest.layers.allSatisfy { content.has($0.digest) }
    }

    private func manifest(_ digest: Digest, _ blob: (Digest) throws(TareError) -> Void) throws(TareError) {
        let manifest = try content.document(ImageManifest.self, digest)
        try blob(manifest.config.digest)
        for layer in manifest.layers { try blob(layer.digest) }
        try blob(digest)
    }

    private func dockerArchive(_ images: [Image], _ sink: any MemberSink) throws(TareError) {
        var written: Set<Digest> = []
        var order: [Digest] = []
        var entries: [Digest: DockerArchiveManifest] = [:]
        for image in images {
            var layers: [String] = []
            for (layer, diffID) in zip(image.manifest.layers, image.config.rootfs.diffIDs) {
                layers.append(diffID.hex + ".tar")
                guard written.insert(diffID).inserted else { continue }
                // A tar's header says the length first, so what is packed is unpacked twice.
                let length = try Self.length(try Compression.opened(try content.open(layer.digest)).input)
                try sink.add(
                    diffID.hex + ".tar", length, try Compression.opened(try content.open(layer.digest)).input)
            }
            if written.insert(image.id).inserted {
                let config = try content.open(image.id)
                try sink.add(image.id.hex + ".json", config.length, config)
                order.append(image.id)
                entries[image.id] = DockerArchiveManifest(
                    config: image.id.hex + ".json", repoTags: nil, layers: layers)
            }
            if let name = image.name, let reference = try? ImageReference(name), reference.digest == nil {
                let tags = entries[image.id]?.repoTags ?? []
                entries[image.id]?.repoTags = tags + [reference.familiar]
            }
        }
        let list = order.compactMap { entries[$0] }
        try sink.add(DockerArchiveManifest.fileName, try JSONText.encode(list, pretty: false))
    }

    private static func length(_ input: any ByteInput) throws(TareError) -> Int64 {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
        defer { buffer.deallocate() }
        var length: Int64 = 0
        while true {
            let count = try input.read(into: buffer)
            if count == 0 { return length }
            length += Int64(count)
        }
    }
}
