/// A SHA-256 digest as OCI writes it: `sha256:` and 64 lower-case hexadecimal digits.
public struct Digest: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The 64 hexadecimal digits.
    public let hex: String

    /// Makes a digest from 64 hexadecimal digits, or `nil` where they are not that.
    public init?(hex: String) {
        guard hex.utf8.count == 64, hex.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
            return nil
        }
        self.hex = hex
    }

    /// Makes a digest from 32 raw bytes, or `nil` where there are not 32.
    public init?(bytes: some Sequence<UInt8>) {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        guard text.count == 64 else { return nil }
        hex = String(decoding: text, as: UTF8.self)
    }

    /// Reads `sha256:<hex>`; any other algorithm or length gives `nil`.
    public init?(_ text: String) {
        guard text.hasPrefix("sha256:") else { return nil }
        self.init(hex: String(text.dropFirst(7)))
    }

    /// `sha256:<hex>`.
    public var description: String { "sha256:" + hex }

    /// Reads the text form and refuses any other.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = Digest(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a sha256 digest: \(text)")
        }
        self = digest
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
