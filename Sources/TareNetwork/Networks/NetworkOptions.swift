import TareLinux

/// What a network is made with.
public struct NetworkOptions: Sendable, Hashable {
    /// IPv4 addresses; `nil` for the first pool that no route of the host overlaps.
    public var subnet: Subnet?
    /// IPv6 addresses; `nil` for none, unless `ipv6` asks for a chosen one.
    public var subnet6: Subnet?
    /// Whether it has IPv6 addresses.
    public var ipv6 = false
    /// Bytes a packet at most; `nil` for the kernel's 1500.
    public var mtu: UInt32?
    /// Whether its containers reach each other only.
    public var isInternal = false

    /// IPv4 with chosen addresses.
    public init() {}
}
