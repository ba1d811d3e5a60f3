import TareCore

/// Where an image's blobs are: a folder, or an archive that holds them.
protocol ImageStore: Sendable {
    /// The path that the user gave, for errors.
    var subject: String { get }
    /// Bytes of the host's blocks that the store's files take.
    var hostAllocated: Int64 { get }
    /// The bytes of a member; `notFound` where there is none.
    func open(_ name: String) throws(TareError) -> any ByteInput
}

extension ImageStore {
    /// A small member as a value; `digest` and `length` are checked first, where they are known.
    func document<Value: Decodable>(
        _ type: Value.Type,
        _ name: String,
        digest: Digest? = nil,
        length: Int64? = nil
    ) throws(TareError) -> Value {
        let input = try open(name)
        let bytes: [UInt8]
        if let digest {
            let verified = try VerifiedInput(input, digest: digest, length: length)
            bytes = try verified.all(limit: 16 << 20)
            try verified.finish()
        } else {
            bytes = try input.all(limit: 16 << 20)
        }
        return try JSONText.decode(
            type, from: String(decoding: bytes, as: UTF8.self), subject: subject + "/" + name)
    }
}
