import CTareLinux

/// A link as the kernel describes it.
public struct LinkRecord: Sendable, Hashable {
    /// Its number.
    public var index: Int32
    /// Its name.
    public var name: String
    /// Whether it is up.
    public var isUp: Bool
    /// Whether packets pass (RFC 2863 "up"): the kernel finds out some time after both ends of a pair are up.
    public var isOperational: Bool
    /// Its kind: `veth`, `bridge`; empty for a device.
    public var kind: String
    /// The number of the bridge that it is a port of.
    public var bridge: Int32?
    /// Bytes.
    public var mtu: UInt32
    /// Its hardware address.
    public var mac: [UInt8]
    /// For a bridge port: whether a frame may leave by the port it came from.
    public var hairpin: Bool

    init?(_ reply: NetlinkReply) {
        guard reply.type == RTM_NEWLINK, reply.payload.count >= 16 else { return nil }
        let start = reply.payload.startIndex
        let attributes = reply.attributes(after: 16)
        let info = attributes.nested(IFLA_LINKINFO)
        index = reply.payload.number(Int32.self, at: start + 4)
        isUp = reply.payload.number(UInt32.self, at: start + 8) & 1 != 0
        name = attributes.text(IFLA_IFNAME) ?? ""
        isOperational = attributes.number(IFLA_OPERSTATE, as: UInt8.self) == 6
        kind = info.text(IFLA_INFO_KIND) ?? ""
        bridge = attributes.number(IFLA_MASTER)
        mtu = attributes.number(IFLA_MTU) ?? 0
        mac = attributes.bytes(IFLA_ADDRESS).map(Array.init) ?? []
        hairpin = info.nested(IFLA_INFO_SLAVE_DATA).number(IFLA_BRPORT_MODE, as: UInt8.self) == 1
    }
}
