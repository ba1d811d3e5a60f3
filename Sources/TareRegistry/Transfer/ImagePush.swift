import TareCore
import TareImages
import TareLinux
import TareOCI

/// Brings an image of the library to a registry.
///
/// Blobs that are there are not sent; those that another repository of the same registry has are mounted from it. Blobs
/// go first, then manifests from the inside out, so that a registry never holds a name without its content.
public struct ImagePush: Sendable {
    /// What a push did.
    public struct Outcome: Sendable, Hashable, Codable {
        /// The digest that the name stands for there now.
        public var digest: Digest
        /// Blobs that were there already.
        public var present = 0
        /// Blobs that the registry took from another repository.
        public var mounted = 0
        /// Blobs that were sent.
        public var sent = 0
        /// Bytes of blobs that were sent.
        public var sentBytes: Int64 = 0

        enum CodingKeys: String, CodingKey {
            case digest, present, mounted, sent
            case sentBytes = "sent_bytes"
        }
    }

    private let client: RegistryClient
    private let library: ImageLibrary

    /// Prepares a push; nothing is sent yet.
    public init(client: RegistryClient, library: ImageLibrary) {
        self.client = client
        self.library = library
    }

    /// Pushes what a name stands for.
    ///
    /// - Parameters:
    ///   - reference: the name here and there.
    ///   - progress: told now and then.
    /// - Returns: what was sent.
    /// - Throws: `notFound` where it is not here; the registry's errors.
    public func run(
        _ reference: ImageReference,
        progress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
    ) throws(TareError) -> Outcome {
        let target = try library.names.get(reference.description).target
        let repository = try RegistryRepository(reference)
        let parts = try parts(of: target)
        let others = try repositories(on: repository)
        var outcome = Outcome(digest: target.digest)
        let total = parts.blobs.reduce(0) { $0 + $1.size }
        let tally = TransferTally(verb: "sent", total: total, blobs: parts.blobs.count, tell: progress)
        for blob in parts.blobs {
            let source = StoredBlob(reader: try library.content.open(blob.digest))
            var told: Int64 = 0
            let how = try client.pushBlob(blob, from: source, to: repository, mountFrom: others) { done in
                tally.add(done - told)
                told = done
            }
            tally.add(blob.size - told)
            tally.finishBlob()
            switch how {
            case .present: outcome.present += 1
            case .mounted: outcome.mounted += 1
            case .sent:
                outcome.sent += 1
                outcome.sentBytes += blob.size
            }
        }
        for manifest in parts.manifests {
            let selector = manifest.digest == target.digest ? reference.selector : manifest.digest.description
            let bytes = try library.content.bytes(manifest.digest)
            try client.pushManifest(bytes, type: manifest.mediaType, as: selector, to: repository)
        }
        return outcome
    }

    /// Everything below a target, inner manifests before outer ones.
    ///
    /// A registry refuses an index with holes, so one that is not whole here is an error.
    private func parts(of target: Descriptor) throws(TareError) -> (blobs: [Descriptor], manifests: [Descriptor]) {
        var blobs: [Descriptor] = []
        var manifests: [Descriptor] = []
        try visit(target, depth: 0, &blobs, &manifests)
        return (blobs, manifests)
    }

    private func visit(
        _ descriptor: Descriptor,
        depth: Int,
        _ blobs: inout [Descriptor],
        _ manifests: inout [Descriptor]
    ) throws(TareError) {
        guard depth < 5, !manifests.contains(where: { $0.digest == descriptor.digest }) else { return }
        guard library.content.has(descriptor.digest) else {
            throw TareError(
                .notFound,
                subject: descriptor.digest.description,
                "cannot push the whole index: a manifest of it is not here",
                hint: "tag and push the one platform's image instead"
            )
        }
        if descriptor.mediaType.isIndex {
            for inner in try library.content.document(ImageIndex.self, descriptor.digest).manifests {
                try visit(inner, depth: depth + 1, &blobs, &manifests)
            }
        } else {
            let manifest = try library.content.document(ImageManifest.self, descriptor.digest)
            for blob in [manifest.config] + manifest.layers where !blobs.contains(where: { $0.digest == blob.digest }) {
                blobs.append(blob)
            }
        }
        manifests.append(descriptor)
    }

    /// Repositories of the same registry that this library has names of: they may have the blobs.
    private func repositories(on repository: RegistryRepository) throws(TareError) -> [String] {
        var found: [String] = []
        for record in try library.names.list() {
            guard let other = try? ImageReference(record.name), other.registry == repository.host,
                other.repository != repository.name, !found.contains(other.repository)
            else { continue }
            found.append(other.repository)
        }
        return Array(found.prefix(4))
    }
}
