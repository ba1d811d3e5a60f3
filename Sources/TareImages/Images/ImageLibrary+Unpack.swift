import Glibc
import TareCore
import TareLinux
import TareOCI

extension ImageLibrary {
    /// Unpacks an image's layers, those that are not there yet, and several at once.
    ///
    /// - Parameters:
    ///   - image: the image.
    ///   - lease: keeps the layers until a name or a container does.
    ///   - workers: how many layers at once; `nil` for as many as there are CPUs, at most 4.
    ///   - awaiting: called before a layer's blob is opened; waits until it is here, where it is still on its way.
    /// - Returns: the key of the topmost layer, the parent for containers.
    /// - Throws: `corrupt` where a layer is not what the image says; `notFound` where its blob is not there. Layers
    ///   below the bad one stay: they are good.
    @discardableResult
    public func unpack(
        _ image: Image, lease: Lease? = nil, workers: Int? = nil,
        awaiting: (@Sendable (Descriptor) throws(TareError) -> Void)? = nil
    ) throws(TareError) -> String {
        guard let key = image.snapshotKey else {
            throw TareError(.invalid, subject: image.name ?? "image", "cannot unpack the image: it has no layers")
        }
        let held: Lease
        if let lease { held = lease } else { held = try content.lease("unpack") }
        defer { withExtendedLifetime(held) {} }
        try folder.adding { () throws(TareError) in try held.add(snapshot: key) }
        var first = image.chain.count
        while first > 0, try snapshots.find(image.chain[first - 1].description) == nil { first -= 1 }
        guard first < image.chain.count else { return key }
        let gate = LayerGate(first..<image.chain.count)
        if first > 0 { gate.finish(first - 1) }
        let count = min(image.chain.count - first, try workersAtOnce(workers))
        let library = self
        var threads: [WorkerThread] = []
        for _ in 1..<max(count, 2) where count > 1 {
            threads.append(try WorkerThread { library.unpackLayers(image, gate, awaiting) })
        }
        unpackLayers(image, gate, awaiting)
        for thread in threads { thread.join() }
        if let failure = gate.failure { throw failure }
        return key
    }

    private func workersAtOnce(_ wanted: Int?) throws(TareError) -> Int {
        if let wanted { return max(1, wanted) }
        return min(4, try WorkerCount.current())
    }

    private func unpackLayers(
        _ image: Image, _ gate: LayerGate, _ awaiting: (@Sendable (Descriptor) throws(TareError) -> Void)?
    ) {
        while let layer = gate.take() {
            do throws(TareError) {
                let content = content
                let blob = image.manifest.layers[layer]
                let source = LayerSource(diffID: image.config.rootfs.diffIDs[layer]) { () throws(TareError) in
                    try awaiting?(blob)
                    return try content.open(blob.digest)
                }
                _ = try snapshots.unpack(
                    source, parent: layer > 0 ? image.chain[layer - 1].description : nil,
                    as: image.chain[layer].description
                ) { () throws(TareError) in if layer > 0 { try gate.wait(for: layer - 1) } }
                gate.finish(layer)
            } catch {
                gate.fail(error)
                return
            }
        }
    }
}
