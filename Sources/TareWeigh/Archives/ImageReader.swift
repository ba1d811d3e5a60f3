import TareCore
import TareOCI

/// Reads an image from an OCI layout or from what `docker save` writes, layers merged as a container would see them.
///
///     index -> manifest for the platform -> config, layers -> MergedTree
///     each blob: bytes -> SHA-256 -> decompression -> tar entries
///
/// A blob's digest is checked before anything of it is used. Nothing is written; contents are streamed.
struct ImageReader: TreeReader {
    let kind: String
    private let store: any ImageStore
    private let layers: [ImageLayer]
    /// Bytes of the manifest and the configuration, which a transfer takes as well; `nil` where they are not blobs.
    private let documents: Int64?

    var isSequential: Bool { true }

    /// Opens the image at `path`.
    ///
    /// - Parameters:
    ///   - path: a folder or an archive.
    ///   - kind: `ociLayout` or `dockerArchive`.
    ///   - name: which image, where there are several.
    ///   - platform: the machine to choose for.
    /// - Throws: `corrupt` for damage, `notFound` for a missing blob, `unsupported` where no image fits, `invalid` where
    ///   several do.
    init(
        _ path: String,
        kind: SubjectKind,
        name: String? = nil,
        platform: ImagePlatform = .host
    ) throws(TareError) {
        switch kind {
        case .ociFolder: store = try FolderStore(path)
        default: store = try ArchiveStore(path)
        }
        self.kind = kind.rawValue
        if kind == .dockerArchive {
            layers = try Self.docker(store, name)
            documents = nil
            return
        }
        let manifest = try Self.manifest(store, name, platform)
        let config: ImageConfig? =
            manifest.value.config.mediaType == .config || manifest.value.config.mediaType == .dockerConfig
            ? try store.document(
                ImageConfig.self, ImageLayout.blobPath(manifest.value.config.digest),
                digest: manifest.value.config.digest, length: manifest.value.config.size)
            : nil
        let steps = config?.layerSteps ?? []
        for layer in manifest.value.layers where layer.mediaType.isEncrypted {
            throw TareError(
                .unsupported, subject: path, "cannot read the layer \(layer.digest): it is encrypted",
                hint: "decrypt the image first")
        }
        let size = manifest.size.addingReportingOverflow(manifest.value.config.size)
        guard !size.overflow, manifest.value.layers.allSatisfy({ (0...1 << 50).contains($0.size) }) else {
            throw .corrupt(path, "its manifest promises blobs of impossible sizes")
        }
        layers = manifest.value.layers.enumerated().map { number, layer in
            ImageLayer(
                name: ImageLayout.blobPath(layer.digest), digest: layer.digest, length: layer.size, isUnpacked: false,
                createdBy: steps.count == manifest.value.layers.count ? steps[number] : nil)
        }
        documents = size.partialValue
    }

    func tree() throws(TareError) -> FileTree {
        var merged = MergedTree(store.subject)
        var facts: [TreeLayer] = []
        var wire = documents
        for (number, layer) in layers.enumerated() {
            var entries: [ArchiveEntry] = []
            var budget = TreeBudget(store.subject)
            let (stream, verified) = try open(layer)
            while let entry = try stream.next() {
                try budget.spend(path: entry.names.reduce(0) { $0 + $1.count + 1 })
                entries.append(entry)
            }
            try verified.finish()
            try merged.apply(entries, layer: number, whiteouts: true)
            let packed = stream.isCompressed ? layer.length : nil
            wire = wire.flatMap { sum in packed.map { sum + $0 } }
            var used: Int64 = 0
            for entry in entries where entry.hardLink == nil {
                used = used.addingReportingOverflow(entry.size).partialValue
            }
            facts.append(
                TreeLayer(name: layer.digest.description, createdBy: layer.createdBy, wire: packed, used: used))
        }
        return FileTree(try merged.nodes(), hostAllocated: store.hostAllocated, wire: wire, layers: facts)
    }

    func read(_ node: FileNode, _ body: (UnsafeRawBufferPointer) throws(TareError) -> Void) throws(TareError) {
        try readEach([node]) { (_, piece) throws(TareError) in if !piece.isEmpty { try body(piece) } }
    }

    func readEach(
        _ nodes: [FileNode],
        _ body: (Int, UnsafeRawBufferPointer) throws(TareError) -> Void
    ) throws(TareError) {
        try ArchivePass.read(
            nodes, of: store.subject,
            { (layer) throws(TareError) in
                guard layers.indices.contains(layer) else {
                    throw TareError(.notFound, subject: store.subject, "cannot read a file of layer \(layer)")
                }
                return try open(layers[layer]).0
            }, body)
    }

    private func open(_ layer: ImageLayer) throws(TareError) -> (ArchiveStream, VerifiedInput) {
        let blob = try store.open(layer.name)
        let input = layer.isUnpacked ? try EntryInput(unpacking: blob) : blob
        let verified = try VerifiedInput(input, digest: layer.digest, length: layer.length)
        return (try ArchiveStream(verified), verified)
    }
}
