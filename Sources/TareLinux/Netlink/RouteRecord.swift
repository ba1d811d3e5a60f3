import CTareLinux
import Glibc

/// A route as the kernel describes it.
public struct RouteRecord: Sendable, Hashable {
    /// Where it leads; prefix 0 is the default route.
    public var destination: Subnet
    /// The next hop.
    public var gateway: IPAddress?
    /// The link's number.
    public var link: Int32
    /// The routing table's number.
    public var table: UInt32

    init?(_ reply: NetlinkReply) {
        guard reply.type == RTM_NEWROUTE, reply.payload.count >= 12 else { return nil }
        let start = reply.payload.startIndex
        let attributes = reply.attributes(after: 12)
        let isIPv6 = Int32(reply.payload[start]) == AF_INET6
        let bytes = attributes.bytes(Int(RTA_DST.rawValue)).map(Array.init)
        guard let address = IPAddress(bytes: bytes ?? [UInt8](repeating: 0, count: isIPv6 ? 16 : 4)),
            let destination = Subnet(address: address, prefix: Int(reply.payload[start + 1]))
        else { return nil }
        self.destination = destination
        gateway = attributes.bytes(Int(RTA_GATEWAY.rawValue)).flatMap { IPAddress(bytes: Array($0)) }
        link = attributes.number(Int(RTA_OIF.rawValue)) ?? 0
        table = attributes.number(Int(RTA_TABLE.rawValue)) ?? UInt32(reply.payload[start + 4])
    }
}
