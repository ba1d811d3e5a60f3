/// An element of a map: key and value as nftables keeps them, every field padded to 4 bytes.
public struct FirewallElement: Sendable, Hashable {
    /// What is looked up.
    public var key: [UInt8]
    /// What is found; not needed to take it out.
    public var value: [UInt8]?

    /// An element by its bytes.
    public init(key: [UInt8], value: [UInt8]? = nil) {
        self.key = key
        self.value = value
    }

    /// A port in network order, padded.
    public static func field(port: UInt16) -> [UInt8] { [UInt8(port >> 8), UInt8(port & 0xff), 0, 0] }
    /// A transport protocol's number, padded.
    public static func field(transportProtocol: UInt8) -> [UInt8] { [transportProtocol, 0, 0, 0] }
}
