/// Names a container for ever: 64 hexadecimal digits, of which 12 are shown.
public struct ContainerID: Sendable, Hashable, Codable, CustomStringConvertible {
    /// All 64 digits.
    public let description: String

    /// The first 12 digits, as users see and type it.
    public var short: String { String(description.prefix(12)) }

    /// Draws a new one from the kernel.
    public static func random() -> ContainerID {
        var source = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &source) }
        // Docker's rule: an id must never read as a number, since it is the host name too.
        let digits = bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        guard digits.prefix(12).contains(where: \.isLetter), let id = ContainerID(digits) else { return random() }
        return id
    }

    /// Checks a text; `nil` where it is not 64 lower-case hexadecimal digits.
    public init?(_ text: String) {
        guard text.utf8.count == 64, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
            return nil
        }
        description = text
    }

    /// Reads the text and refuses any other.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = ContainerID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a container's id: \(text)")
        }
        self = id
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
