import TareLinux

/// How a network's addresses are cut into shards, one bridge each.
///
///     10.96.0.0/16, 1000 a bridge -> 10.96.0.0/22 bridge 0 (gateway 10.96.0.1), 10.96.4.0/22 bridge 1, ...
///
/// A container sees its shard's network on its link and everything else, the other shards too, behind the gateway; the host
/// routes between bridges. Broadcast stays within a shard. The n-th place of a shard has the same offset in IPv4 and IPv6.
struct AddressPlan: Sendable, Hashable {
    let subnet: Subnet
    let subnet6: Subnet?
    /// Containers a shard at most.
    let capacity: Int
    /// Bits of a shard's addresses that vary.
    let shardBits: Int
    /// The number of shards.
    let shards: Int

    /// A plan; `nil` where the network has no room for a gateway and one container.
    init?(subnet: Subnet, subnet6: Subnet?, capacity: Int) {
        guard subnet.freeBits >= 2, !subnet.address.isIPv6, capacity > 0 else { return nil }
        if let subnet6, subnet6.freeBits < 8 || !subnet6.address.isIPv6 { return nil }
        // Network, gateway and broadcast address are taken.
        var bits = 2
        while bits < subnet.freeBits, (1 << bits) - 3 < capacity { bits += 1 }
        self.subnet = subnet
        self.subnet6 = subnet6
        shardBits = bits
        self.capacity = min(capacity, (1 << bits) - 3)
        shards = 1 << min(subnet.freeBits - bits, 12)
    }

    /// Containers that the whole network takes.
    var places: Int { shards * capacity }

    /// Bits of the network that a container sees on its link.
    var prefix: Int { 32 - shardBits }
    /// The same for IPv6.
    var prefix6: Int { 128 - max(shardBits, 8) }

    /// The gateway of a shard.
    func gateway(_ shard: Int) -> IPAddress { subnet.address.advanced(by: UInt64(shard) << shardBits | 1) }

    /// The IPv6 gateway of a shard.
    func gateway6(_ shard: Int) -> IPAddress? {
        subnet6?.address.advanced(by: UInt64(shard) << max(shardBits, 8) | 1)
    }

    /// The address of a place: 0 is the first after the gateway.
    func address(_ shard: Int, _ place: Int) -> IPAddress { gateway(shard).advanced(by: UInt64(place) + 1) }

    /// The IPv6 address of a place.
    func address6(_ shard: Int, _ place: Int) -> IPAddress? { gateway6(shard)?.advanced(by: UInt64(place) + 1) }

    /// A hardware address of an IPv4 address: locally administered, and the same whenever the address comes back, so that
    /// no neighbour's table is stale.
    static func mac(_ address: IPAddress) -> [UInt8] { [0x02, 0x74] + address.bytes.suffix(4) }
}
