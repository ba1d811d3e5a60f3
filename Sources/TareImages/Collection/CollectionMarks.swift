import TareCore
import TareLinux
import TareOCI

/// What is in use: all that names and leases lead to.
struct CollectionMarks {
    let content: ContentStore
    /// Whether layers' blobs are kept although they are unpacked.
    let keepsPackedLayers: Bool
    private(set) var blobs: Set<Digest> = []
    private(set) var snapshots: Set<String> = []

    init(_ content: ContentStore, keepsPackedLayers: Bool) {
        self.content = content
        self.keepsPackedLayers = keepsPackedLayers
    }

    mutating func add(snapshot key: String) { snapshots.insert(key) }

    /// Marks a blob alone.
    mutating func add(blob digest: Digest) { blobs.insert(digest) }

    /// Marks a blob and all that it names, where it is a document.
    ///
    /// - Throws: where a document that is there cannot be read: then nothing may be collected.
    mutating func add(tree digest: Digest, isUnpacked: (String) throws(TareError) -> Bool) throws(TareError) {
        guard blobs.insert(digest).inserted, let size = content.size(digest), size <= ContentStore.longestDocument
        else {
            return
        }
        var first: UInt8 = 0
        var failure: TareError?
        let reader = try content.open(digest)
        withUnsafeMutableBytes(of: &first) { byte in
            do throws(TareError) { _ = try reader.read(into: byte) } catch { failure = error }
        }
        if let failure { throw failure }
        guard first == UInt8(ascii: "{") else { return }
        let bytes = try content.bytes(digest)
        let text = String(decoding: bytes, as: UTF8.self)
        guard let document = try? JSONText.decode(Document.self, from: text, subject: digest.description) else {
            return
        }
        for child in document.manifests ?? [] { try add(tree: child.digest, isUnpacked: isUnpacked) }
        if let subject = document.subject { try add(tree: subject.digest, isUnpacked: isUnpacked) }
        guard let config = document.config else { return }
        blobs.insert(config.digest)
        let layers = document.layers ?? []
        var chain: [Digest] = []
        if content.has(config.digest), config.mediaType == .config || config.mediaType == .dockerConfig {
            chain = try ChainID.chain(try content.document(ImageConfig.self, config.digest).rootfs.diffIDs)
        }
        for key in chain { snapshots.insert(key.description) }
        var isDropped = !keepsPackedLayers && chain.count == layers.count
        if isDropped, let top = chain.last { isDropped = try isUnpacked(top.description) }
        if !isDropped { for layer in layers { blobs.insert(layer.digest) } }
    }

    /// What may be in a manifest or an index.
    private struct Document: Decodable {
        var config: Descriptor?
        var layers: [Descriptor]?
        var manifests: [Descriptor]?
        var subject: Descriptor?
    }
}
