import CCrypto
import TareCore
import TareImages

/// A digest as clients name content: sha256, which the content store is ordered by, or sha512, which the specification
/// knows too.
struct HubDigest: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The registered algorithms.
    enum Algorithm: String, Sendable, CaseIterable {
        case sha256
        case sha512

        /// Hexadecimal digits.
        var length: Int { self == .sha256 ? 64 : 128 }
    }

    let algorithm: Algorithm
    let hex: String

    /// Reads `sha512:<hex>`; `nil` for another algorithm, another length, or capital letters.
    init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), let algorithm = Algorithm(rawValue: String(text[..<colon])) else {
            return nil
        }
        let hex = text[text.index(after: colon)...]
        guard hex.utf8.count == algorithm.length,
            hex.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        self.algorithm = algorithm
        self.hex = String(hex)
    }

    /// The content store's digest as a client names it.
    init(_ digest: Digest) {
        algorithm = .sha256
        hex = digest.hex
    }

    /// The digest that the content store has it by, where the name alone tells it.
    var content: Digest? { algorithm == .sha256 ? Digest(hex: hex) : nil }

    /// The name of a file that says something about it.
    var fileName: String { algorithm == .sha256 ? hex : "sha512-" + hex }

    /// `sha512:<hex>`.
    var description: String { "\(algorithm.rawValue):\(hex)" }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = HubDigest(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a digest: \(text)")
        }
        self = digest
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// The SHA-512 of what a reader gives, from its start.
    static func sha512(of reader: BlobReader) throws(TareError) -> HubDigest {
        guard let context = EVP_MD_CTX_new() else { throw refusal }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestInit_ex(context, EVP_sha512(), nil) == 1 else { throw refusal }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { buffer.deallocate() }
        var at: Int64 = 0
        while true {
            let count = try reader.read(into: buffer, at: at)
            if count == 0 { break }
            guard EVP_DigestUpdate(context, buffer.baseAddress, count) == 1 else { throw refusal }
            at += Int64(count)
        }
        var bytes = [UInt8](repeating: 0, count: 64)
        var length: UInt32 = 0
        guard EVP_DigestFinal_ex(context, &bytes, &length) == 1 else { throw refusal }
        let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        guard let digest = HubDigest("sha512:" + hex) else { throw refusal }
        return digest
    }

    private static var refusal: TareError { TareError(.internal, subject: "SHA-512", "libcrypto refused to hash") }
}
