import TareLinux

/// One container's place in one network: what a runtime needs to start it there.
public struct NetworkAttachment: Sendable, Hashable, Codable {
    /// An address with the bits of its network.
    public struct Place: Sendable, Hashable, Codable {
        /// The address.
        public var address: IPAddress
        /// Bits of the network on the link.
        public var prefix: Int
        /// The next hop for everything else.
        public var gateway: IPAddress
    }

    /// The container's id.
    public var container: String
    /// The network's name.
    public var network: String
    /// The file to join the namespace by; `nil` for the host's own.
    public var namespace: String?
    /// The link's name inside, `eth0`; `nil` for host and none.
    public var link: String?
    /// The name of the other end on the host.
    public var hostLink: String?
    /// The hardware address inside, as text.
    public var mac: String?
    /// Its addresses: IPv4, then IPv6 where the network has it.
    public var places: [Place]
    /// Name servers for its resolv.conf.
    public var nameServers: [IPAddress]
    /// Ports of the host that lead to it.
    public var ports: [PublishedPort]
    /// Names by which the network's other containers reach it.
    public var aliases: [String]
    /// The bridge of the network that it is on.
    var shard: Int
    /// Whether every step was carried out.
    var isComplete: Bool

    /// Its IPv4 address.
    public var address: IPAddress? { places.first { !$0.address.isIPv6 }?.address }
    /// Its IPv4 gateway, where its name server is.
    public var gateway: IPAddress? { places.first { !$0.address.isIPv6 }?.gateway }
    /// Its IPv6 address.
    public var address6: IPAddress? { places.first { $0.address.isIPv6 }?.address }
}
