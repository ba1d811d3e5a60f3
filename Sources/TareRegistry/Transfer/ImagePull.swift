import TareCore
import TareImages
import TareLinux
import TareOCI

/// Brings an image from a registry into the library.
///
/// The manifest comes first, then all blobs that are not here yet, several at once; each blob is verified before it is
/// visible. A layer is unpacked as soon as it and those below are here, while others are still on their way. A pull that
/// is killed leaves what it had, and the next one goes on behind the last byte. The name is written last, when everything
/// that it stands for is here.
public struct ImagePull: Sendable {
    /// Blobs that are fetched at once.
    public static let atOnce = 4

    private let client: RegistryClient
    private let library: ImageLibrary

    /// Prepares a pull; nothing is sent yet.
    public init(client: RegistryClient, library: ImageLibrary) {
        self.client = client
        self.library = library
    }

    /// Pulls an image and gives it its name.
    ///
    /// - Parameters:
    ///   - reference: what to pull.
    ///   - platform: which one of an index.
    ///   - unpacks: whether the layers are unpacked too, for containers to stand on.
    ///   - progress: told now and then, one call at a time, from any thread.
    /// - Returns: the image.
    /// - Throws: `notFound`, `noPermission`, `unavailable`, `corrupt`; `unsupported` where it is not there for the platform.
    @discardableResult
    public func run(
        _ reference: ImageReference,
        platform: ImagePlatform = .host,
        unpacks: Bool = true,
        progress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
    ) throws(TareError) -> Image {
        let repository = try RegistryRepository(reference)
        let lease = try library.content.lease("pull \(reference)")
        let target = try fetchManifest(reference.selector, in: repository, lease: lease)
        let manifest = try choose(target, platform, in: repository, lease: lease)
        let outline = try library.content.document(ImageManifest.self, manifest.digest)
        try fetch([outline.config], in: repository, lease: lease) { _ in }
        let image = try library.image(target, name: reference.description, platform: platform)
        let arrivals = ArrivalGate<Digest>()
        var unpacking: WorkerThread?
        if unpacks, image.snapshotKey != nil {
            let library = library
            unpacking = try WorkerThread {
                do throws(TareError) {
                    try library.unpack(image, lease: lease) { (blob) throws(TareError) in
                        try arrivals.wait(for: blob.digest)
                    }
                } catch { arrivals.fail(error) }
            }
        }
        do throws(TareError) {
            try fetch(outline.layers, in: repository, lease: lease, progress: progress, arrived: arrivals.arrive)
        } catch { arrivals.fail(error) }
        unpacking?.join()
        if let failure = arrivals.failure { throw failure }
        try library.names.put(reference.description, target)
        return image
    }

    private func fetchManifest(
        _ selector: String,
        in repository: RegistryRepository,
        lease: Lease
    ) throws(TareError) -> Descriptor {
        let found = try client.manifest(selector, in: repository)
        var type = found.descriptor.mediaType
        // A registry that names no type leaves it to the document.
        if !type.isIndex, !type.isManifest {
            struct Typed: Decodable { var mediaType: MediaType? }
            let text = String(decoding: found.bytes, as: UTF8.self)
            type = try JSONText.decode(Typed.self, from: text, subject: repository.description).mediaType ?? type
        }
        guard type.isIndex || type.isManifest else {
            throw TareError(.unsupported, subject: repository.description, "this is no image, but \(type)")
        }
        return try library.content.put(found.bytes, mediaType: type, lease: lease)
    }

    /// The manifest for the platform; indexes on the way are fetched too.
    private func choose(
        _ target: Descriptor,
        _ platform: ImagePlatform,
        in repository: RegistryRepository,
        lease: Lease
    ) throws(TareError) -> Descriptor {
        var descriptor = target
        for _ in 0..<5 {
            if descriptor.mediaType.isManifest { return descriptor }
            let index = try library.content.document(ImageIndex.self, descriptor.digest)
            guard let next = index.candidates(for: platform).first else {
                let there = index.manifests.compactMap { $0.platform?.description }.joined(separator: ", ")
                throw TareError(
                    .unsupported,
                    subject: repository.description,
                    "the image is not there for \(platform)" + (there.isEmpty ? "" : "; it is there for \(there)")
                )
            }
            if try !library.content.protect(next.digest, by: lease) {
                _ = try fetchManifest(next.digest.description, in: repository, lease: lease)
            }
            descriptor = next
        }
        throw TareError(.corrupt, subject: repository.description, "its indexes lead to indexes more than four times")
    }

    private func fetch(
        _ blobs: [Descriptor],
        in repository: RegistryRepository,
        lease: Lease,
        progress: @escaping @Sendable (TransferProgress) -> Void,
        arrived: @escaping @Sendable (Digest) -> Void = { _ in }
    ) throws(TareError) {
        var missing: [Descriptor] = []
        for blob in blobs {
            if try library.content.protect(blob.digest, by: lease) {
                arrived(blob.digest)
            } else if !missing.contains(where: { $0.digest == blob.digest }) {
                missing.append(blob)
            }
        }
        let total = missing.reduce(0) { $0 + $1.size }
        let tally = TransferTally(verb: "fetched", total: total, blobs: missing.count, tell: progress)
        let (client, library) = (client, library)
        // Lowest first: the one that all others stand on is unpacked while they come.
        try ParallelWork.each(missing, atOnce: Self.atOnce) { (blob) throws(TareError) in
            let ingest = try library.content.ingest(blob, lease: lease)
            tally.add(ingest.offset)
            var receiver = IngestReceiver(ingest: ingest) { tally.add($0) }
            try client.fetchBlob(blob, in: repository, into: &receiver)
            try ingest.commit()
            tally.finishBlob()
            arrived(blob.digest)
        }
    }
}
