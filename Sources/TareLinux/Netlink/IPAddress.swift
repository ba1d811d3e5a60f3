import Glibc

/// An IPv4 or IPv6 address, in network order.
public struct IPAddress: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// 4 or 16 bytes.
    public let bytes: [UInt8]

    /// Takes 4 or 16 bytes; `nil` for any other number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads `10.1.2.3` or `fd00::1`; `nil` where it is neither.
    public init?(_ text: String) {
        var buffer = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &buffer) == 1 {
            bytes = Array(buffer.prefix(4))
        } else if inet_pton(AF_INET6, text, &buffer) == 1 {
            bytes = buffer
        } else {
            return nil
        }
    }

    /// `0.0.0.0`.
    public static let anyIPv4 = IPAddress(unchecked: [0, 0, 0, 0])
    /// `::`.
    public static let anyIPv6 = IPAddress(unchecked: [UInt8](repeating: 0, count: 16))
    /// `::1`.
    public static let loopbackIPv6 = IPAddress(unchecked: [UInt8](repeating: 0, count: 15) + [1])

    /// Takes 4 or 16 bytes; any other number is a fault of the caller's.
    public init(unchecked bytes: [UInt8]) {
        precondition(bytes.count == 4 || bytes.count == 16, "an address has 4 or 16 bytes")
        self.bytes = bytes
    }

    /// Whether it has 16 bytes.
    public var isIPv6: Bool { bytes.count == 16 }
    /// Whether it is `0.0.0.0` or `::`.
    public var isAny: Bool { bytes.allSatisfy { $0 == 0 } }
    /// Whether it is in 127.0.0.0/8, or `::1`.
    public var isLoopback: Bool { isIPv6 ? self == .loopbackIPv6 : bytes[0] == 127 }
    /// AF_INET or AF_INET6.
    public var family: UInt8 { UInt8(isIPv6 ? AF_INET6 : AF_INET) }

    /// The address `offset` further; wraps at the end of the last 8 bytes.
    public func advanced(by offset: UInt64) -> IPAddress {
        var result = bytes
        var carry = offset
        for place in result.indices.reversed() where carry > 0 {
            carry += UInt64(result[place])
            result[place] = UInt8(carry & 0xff)
            carry >>= 8
        }
        return IPAddress(unchecked: result)
    }

    /// The usual text; for IPv6 the shortest.
    public var description: String {
        var text = [CChar](repeating: 0, count: 64)
        guard inet_ntop(Int32(family), bytes, &text, 64) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// IPv4 before IPv6, then by number.
    public static func < (left: IPAddress, right: IPAddress) -> Bool {
        if left.bytes.count != right.bytes.count { return left.bytes.count < right.bytes.count }
        return left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension IPAddress: Codable {
    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let address = IPAddress(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no address")
        }
        self = address
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
