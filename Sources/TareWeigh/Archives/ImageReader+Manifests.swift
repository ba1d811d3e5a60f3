import TareCore
import TareOCI

extension ImageReader {
    /// The manifest of a layout that fits, with its length.
    static func manifest(
        _ store: any ImageStore,
        _ name: String?,
        _ platform: ImagePlatform
    ) throws(TareError) -> (value: ImageManifest, size: Int64) {
        _ = try store.document(ImageLayout.self, ImageLayout.markerName)
        var index = try store.document(ImageIndex.self, ImageLayout.indexName)
        if let name { index.manifests = index.manifests.filter { $0.referenceName == name } }
        let names = Set(index.manifests.compactMap(\.referenceName))
        guard names.count <= 1 else {
            throw TareError(
                .invalid, subject: store.subject,
                "cannot choose one of its images: \(names.sorted().prefix(8).joined(separator: ", "))",
                hint: "copy the image that you mean into a layout of its own")
        }
        // Indexes may hold indexes; more than four levels are a loop or a mistake.
        for _ in 0..<4 {
            guard let chosen = index.candidates(for: platform).first else {
                let there = index.manifests.compactMap { $0.platform?.description }.joined(separator: ", ")
                throw TareError(
                    .unsupported, subject: store.subject,
                    "cannot find an image for \(platform)" + (there.isEmpty ? "" : "; it has \(there)"),
                    hint: "copy the image for this platform into a layout of its own")
            }
            let path = ImageLayout.blobPath(chosen.digest)
            if chosen.mediaType.isManifest {
                let value = try store.document(
                    ImageManifest.self, path, digest: chosen.digest, length: chosen.size)
                return (value, chosen.size)
            }
            index = try store.document(ImageIndex.self, path, digest: chosen.digest, length: chosen.size)
        }
        throw .corrupt(store.subject, "its indexes lead to indexes more than four times")
    }

    /// The layers of an archive of `docker save`, whose digests are those of the configuration.
    static func docker(_ store: any ImageStore, _ name: String?) throws(TareError) -> [ImageLayer] {
        var images = try store.document([DockerArchiveManifest].self, DockerArchiveManifest.fileName)
        if let name { images = images.filter { $0.repoTags?.contains(name) == true } }
        guard let image = images.first, images.count == 1 else {
            let names = images.flatMap { $0.repoTags ?? [] }.prefix(8).joined(separator: ", ")
            throw TareError(
                .invalid, subject: store.subject, "cannot choose one of its \(images.count) images: \(names)",
                hint: "save the image that you mean alone")
        }
        let stem = image.config.split(separator: "/").last.map { $0.split(separator: ".").first ?? $0 }
        let config = try store.document(
            ImageConfig.self, image.config, digest: stem.flatMap { Digest(hex: String($0)) })
        let digests = config.rootfs.diffIDs
        guard digests.count == image.layers.count else {
            throw .corrupt(store.subject, "it has \(image.layers.count) layers, its configuration \(digests.count)")
        }
        let steps = config.layerSteps
        return image.layers.indices.map {
            ImageLayer(
                name: image.layers[$0], digest: digests[$0], length: nil, isUnpacked: true, createdBy: steps[$0])
        }
    }
}
