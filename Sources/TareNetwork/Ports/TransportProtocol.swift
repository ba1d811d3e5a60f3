/// What carries a port's traffic.
public enum TransportProtocol: String, Sendable, Codable, CaseIterable {
    /// Connections.
    case tcp
    /// Datagrams.
    case udp

    /// The number in the IP header.
    var number: UInt8 { self == .tcp ? 6 : 17 }
}
