import TareLinux

/// A network that containers are attached to: a name, addresses, and rules for who may talk to whom.
///
/// Words: a *network* is stored and outlives the machine's restart; its *kernel part* (bridges, chains, maps) is made with
/// the first container and goes with the last; an *attachment* is one container's place in one network; a *shard* is one of
/// the bridges of a network, since the kernel's bridge takes 1,023 ports.
public struct Network: Sendable, Hashable, Codable {
    /// How the addresses come about.
    public enum Kind: String, Sendable, Codable {
        /// Bridges of its own, addresses handed out here.
        case bridge
        /// The host's links and ports; nothing is isolated.
        case host
        /// Loopback only.
        case none
    }

    /// Its name, unique in the store.
    public var name: String
    /// How the addresses come about.
    public var kind: Kind
    /// IPv4 addresses to hand out.
    public var subnet: Subnet?
    /// IPv6 addresses to hand out, where it has any.
    public var subnet6: Subnet?
    /// Bytes a packet at most; `nil` for the kernel's 1500.
    public var mtu: UInt32?
    /// Whether its containers reach each other only, and nothing outside.
    public var isInternal: Bool
    /// Containers a bridge at most.
    public var bridgeCapacity: Int
    /// Six hexadecimal digits that its links and chains are named by.
    public var mark: String

    /// The networks that are always there.
    public static let predefined: [Network] = [
        Network(name: "host", kind: .host, isInternal: false, bridgeCapacity: 0, mark: ""),
        Network(name: "none", kind: .none, isInternal: true, bridgeCapacity: 0, mark: ""),
    ]

    /// The network of a container that names none; made when it is first used.
    public static let defaultName = "bridge"
}

extension Network {
    /// The name of a bridge: at most 14 of the kernel's 15 bytes.
    func bridge(_ shard: Int) -> String { "\(linkPrefix)\(shard)" }

    /// What the names of its bridges begin with, and of no other network's.
    var linkPrefix: String { "tare-\(mark)-" }

    /// How its addresses are cut into shards.
    var plan: AddressPlan? {
        guard let subnet else { return nil }
        return AddressPlan(subnet: subnet, subnet6: subnet6, capacity: bridgeCapacity)
    }
}
