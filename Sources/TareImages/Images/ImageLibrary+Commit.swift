import TareCore
import TareLinux
import TareOCI

extension Ingest: ByteOutput {
    /// Nothing is held back; `commit` makes the blob visible.
    public func finish() throws(TareError) {}
}

extension ImageLibrary {
    /// Writes what an active snapshot changes as a layer's blob.
    ///
    /// - Parameters:
    ///   - key: the snapshot, which nobody writes to meanwhile.
    ///   - options: times and packing.
    ///   - lease: keeps the blob until a manifest names it.
    /// - Returns: the layer, whose blob is in the store.
    /// - Throws: `TareError` with the errno; `corrupt` where the snapshot changes meanwhile.
    public func writeLayer(
        of key: String, options: LayerOptions = LayerOptions(), lease: Lease
    ) throws(TareError) -> LayerSummary {
        let ingest = try content.ingest(lease: lease)
        let summary = try snapshots.changes(key, options: options, to: ingest)
        try ingest.commit(expecting: summary.descriptor.digest, size: summary.descriptor.size)
        return summary
    }

    /// Writes an active snapshot's changes as a layer's blob and makes the snapshot that layer's.
    ///
    /// - Parameters:
    ///   - key: the snapshot, which must not be mounted; it is gone afterwards.
    ///   - options: times and packing.
    ///   - lease: keeps blob and snapshot until a name does.
    /// - Returns: the layer, and the key of the committed snapshot: its chain id.
    /// - Throws: as `writeLayer(of:options:lease:)`.
    public func commitLayer(
        _ key: String, options: LayerOptions = LayerOptions(), lease: Lease
    ) throws(TareError) -> (layer: LayerSummary, key: String) {
        let snapshot = try snapshots.get(key)
        let layer = try writeLayer(of: key, options: options, lease: lease)
        let parent = snapshot.parent.flatMap { Digest($0) }
        guard snapshot.parent == nil || parent != nil else {
            throw TareError(.invalid, subject: key, "cannot commit the layer: its parent is no image's layer")
        }
        let name = try ChainID.next(layer.diffID, on: parent).description
        try lease.add(snapshot: name)
        try snapshots.commit(key, as: name)
        return (layer, name)
    }

    /// Stores an image's configuration and manifest, and gives it a name.
    ///
    /// - Parameters:
    ///   - config: the configuration, with the layers' diff ids.
    ///   - layers: the layers, lowest first.
    ///   - name: the full name; `nil` for none.
    ///   - annotations: the manifest's notes.
    ///   - lease: keeps it until the name does.
    /// - Returns: the manifest's descriptor.
    /// - Throws: `TareError` with the errno.
    @discardableResult
    public func writeImage(
        _ config: ImageConfig, layers: [Descriptor], name: String?, annotations: [String: String]? = nil, lease: Lease
    ) throws(TareError) -> Descriptor {
        let stored = try content.put(document: config, mediaType: .config, lease: lease)
        let manifest = ImageManifest(config: stored, layers: layers, annotations: annotations)
        let target = try content.put(document: manifest, mediaType: .manifest, lease: lease)
        if let name { try names.put(name, target) }
        return target
    }
}
