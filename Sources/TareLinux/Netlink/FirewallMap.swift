/// A map of nftables: fields that are looked up and fields that are found, each padded to 4 bytes.
public struct FirewallMap: Sendable, Hashable {
    /// The meaning of a field; it decides how `nft list ruleset` shows it.
    public enum Field: UInt32, Sendable {
        /// 4 bytes.
        case ipv4 = 7
        /// 16 bytes.
        case ipv6 = 8
        /// A transport protocol, one byte.
        case transportProtocol = 12
        /// A port, 2 bytes.
        case port = 13

        var bytes: UInt32 {
            switch self {
            case .ipv6: 16
            default: 4
            }
        }
    }

    /// Its name.
    public var name: String
    /// What is looked up.
    public var key: [Field]
    /// What is found.
    public var value: [Field]

    /// A map by its parts.
    public init(_ name: String, key: [Field], value: [Field]) {
        self.name = name
        self.key = key
        self.value = value
    }

    /// nft's number of a concatenation: 6 bits a field.
    static func type(_ fields: [Field]) -> UInt32 { fields.reduce(0) { $0 << 6 | $1.rawValue } }

    static func length(_ fields: [Field]) -> UInt32 {
        // A single field has its own length; a concatenation pads each.
        if fields == [.port] { return 2 }
        if fields == [.transportProtocol] { return 1 }
        return fields.reduce(0) { $0 + $1.bytes }
    }
}
