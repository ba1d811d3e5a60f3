/// A network: an address whose last bits are 0, and the number of bits that are fixed.
public struct Subnet: Sendable, Hashable, CustomStringConvertible {
    /// The first address.
    public let address: IPAddress
    /// Fixed bits.
    public let prefix: Int

    /// A network that holds `address`; `nil` where the prefix does not fit the family.
    public init?(address: IPAddress, prefix: Int) {
        guard prefix >= 0, prefix <= address.bytes.count * 8 else { return nil }
        var bytes = address.bytes
        for place in bytes.indices {
            let kept = max(0, min(8, prefix - place * 8))
            bytes[place] &= UInt8(truncatingIfNeeded: 0xff00 >> kept)
        }
        self.address = IPAddress(unchecked: bytes)
        self.prefix = prefix
    }

    /// Reads `10.1.0.0/16`; bits behind the prefix are cut off.
    ///
    /// `nil` where it is no network.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(String(parts[0])), let prefix = Int(parts[1]) else {
            return nil
        }
        self.init(address: address, prefix: prefix)
    }

    /// `0.0.0.0/0`.
    public static let allIPv4 = Subnet(unchecked: .anyIPv4, prefix: 0)
    /// `::/0`.
    public static let allIPv6 = Subnet(unchecked: .anyIPv6, prefix: 0)

    init(unchecked address: IPAddress, prefix: Int) {
        self.address = address
        self.prefix = prefix
    }

    /// Bits of its addresses that vary.
    public var freeBits: Int { address.bytes.count * 8 - prefix }

    /// Whether the address is in it; one of the other family never is.
    public func contains(_ other: IPAddress) -> Bool {
        other.bytes.count == address.bytes.count && Subnet(address: other, prefix: prefix)?.address == address
    }

    /// Whether both have an address in common.
    public func overlaps(_ other: Subnet) -> Bool { contains(other.address) || other.contains(address) }

    /// `10.1.0.0/16`.
    public var description: String { "\(address)/\(prefix)" }
}

extension Subnet: Codable {
    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let subnet = Subnet(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no network")
        }
        self = subnet
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
