import TareCore
import TareLinux
import TareOCI

extension ContentStore {
    /// The longest manifest, index or configuration that is read, in bytes: registries refuse longer ones.
    public static let longestDocument = 4 << 20

    /// Stores bytes as a blob; bytes that are there already are not written again.
    ///
    /// - Parameters:
    ///   - bytes: the whole blob.
    ///   - mediaType: what the descriptor says that it is.
    ///   - lease: what protects it.
    /// - Returns: the blob's descriptor.
    /// - Throws: `TareError` with the errno. Blocks for two fsyncs.
    public func put(_ bytes: [UInt8], mediaType: MediaType, lease: Lease) throws(TareError) -> Descriptor {
        let digest = try SHA256.digest(of: bytes)
        let descriptor = Descriptor(mediaType: mediaType, digest: digest, size: Int64(bytes.count))
        if try protect(digest, by: lease) { return descriptor }
        let ingest = try ingest(reference: nil, lease: lease)
        try ingest.write(bytes)
        try ingest.commit(expecting: digest, size: descriptor.size)
        return descriptor
    }

    /// Stores a value as JSON with sorted keys; the same value gives the same digest.
    public func put(document value: some Encodable, mediaType: MediaType, lease: Lease) throws(TareError) -> Descriptor
    {
        let bytes: [UInt8] = Array(try JSONText.encode(value, pretty: false).utf8)
        return try put(bytes, mediaType: mediaType, lease: lease)
    }

    /// The bytes of a small blob, with its digest verified again.
    ///
    /// - Throws: `notFound`; `corrupt` where they are not what the digest says, or more than `longestDocument`.
    public func bytes(_ digest: Digest) throws(TareError) -> [UInt8] {
        let bytes = try open(digest).all(limit: Self.longestDocument)
        guard try SHA256.digest(of: bytes) == digest else {
            throw TareError(
                .corrupt, subject: digest.description, "cannot use the blob: its content has changed on the disk",
                hint: "remove the image and pull it again")
        }
        return bytes
    }

    /// A small blob as a value.
    ///
    /// - Throws: as `bytes(_:)`; `corrupt` where it is no such document.
    public func document<Value: Decodable>(_ type: Value.Type, _ digest: Digest) throws(TareError) -> Value {
        try JSONText.decode(type, from: String(decoding: try bytes(digest), as: UTF8.self), subject: digest.description)
    }
}
