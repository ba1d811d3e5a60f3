import CTareLinux

/// An address of a link as the kernel describes it.
public struct AddressRecord: Sendable, Hashable {
    /// The address.
    public var address: IPAddress
    /// Bits of the network on the link.
    public var prefix: Int
    /// The link's number.
    public var link: Int32

    init?(_ reply: NetlinkReply) {
        guard reply.type == RTM_NEWADDR, reply.payload.count >= 8 else { return nil }
        let attributes = reply.attributes(after: 8)
        guard let bytes = attributes.bytes(IFA_LOCAL) ?? attributes.bytes(IFA_ADDRESS),
            let address = IPAddress(bytes: Array(bytes))
        else { return nil }
        self.address = address
        prefix = Int(reply.payload[reply.payload.startIndex + 1])
        link = reply.payload.number(Int32.self, at: reply.payload.startIndex + 4)
    }
}
