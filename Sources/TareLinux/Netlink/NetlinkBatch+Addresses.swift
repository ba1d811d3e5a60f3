import CTareLinux
import Glibc

/// Addresses, routes and neighbours.
extension NetlinkBatch {
    /// Gives a link an address.
    ///
    /// - Parameters:
    ///   - address: the address.
    ///   - prefix: bits of the network on the link.
    ///   - link: the link's index.
    public mutating func addAddress(_ address: IPAddress, prefix: Int, link: Int32) {
        message(
            type: RTM_NEWADDR,
            flags: NLM_F_CREATE | NLM_F_EXCL,
            "give link \(link) the address",
            subject: "\(address)/\(prefix)"
        ) { message in
            message.header(Self.address(address, prefix: prefix, link: link))
            message.attribute(IFA_LOCAL, bytes: address.bytes)
            message.attribute(IFA_ADDRESS, bytes: address.bytes)
            // Nobody else hands out addresses of this network: usable at once, without looking for a duplicate.
            if address.isIPv6 { message.attribute(IFA_FLAGS, UInt32(IFA_F_NODAD)) }
        }
    }

    /// Takes an address from a link.
    public mutating func deleteAddress(_ address: IPAddress, prefix: Int, link: Int32) {
        message(type: RTM_DELADDR, "take the address from link \(link)", subject: "\(address)/\(prefix)") { message in
            message.header(Self.address(address, prefix: prefix, link: link))
            message.attribute(IFA_LOCAL, bytes: address.bytes)
        }
    }

    /// Adds a route.
    ///
    /// - Parameters:
    ///   - destination: the network; its prefix 0 is the default route.
    ///   - gateway: the next hop; `nil` where the network is on the link.
    ///   - link: the link's index.
    public mutating func addRoute(to destination: Subnet, gateway: IPAddress?, link: Int32) {
        message(type: RTM_NEWROUTE, flags: NLM_F_CREATE | NLM_F_EXCL, "add the route", subject: "\(destination)") {
            message in
            message.header(Self.route(destination, onLink: gateway == nil))
            if destination.prefix > 0 { message.attribute(Int(RTA_DST.rawValue), bytes: destination.address.bytes) }
            if let gateway { message.attribute(Int(RTA_GATEWAY.rawValue), bytes: gateway.bytes) }
            message.attribute(Int(RTA_OIF.rawValue), link)
        }
    }

    /// Deletes a route by its destination.
    public mutating func deleteRoute(to destination: Subnet, link: Int32) {
        message(type: RTM_DELROUTE, "delete the route", subject: "\(destination)") { message in
            var header = Self.route(destination, onLink: false)
            header.rtm_scope = UInt8(RT_SCOPE_NOWHERE.rawValue)
            message.header(header)
            if destination.prefix > 0 { message.attribute(Int(RTA_DST.rawValue), bytes: destination.address.bytes) }
            message.attribute(Int(RTA_OIF.rawValue), link)
        }
    }

    /// Fixes the hardware address of a neighbour, so that nobody asks for it and the entry is never collected.
    ///
    /// - Parameters:
    ///   - address: the neighbour's address.
    ///   - mac: its hardware address, 6 bytes.
    ///   - link: the link's index.
    public mutating func setNeighbour(_ address: IPAddress, mac: [UInt8], link: Int32) {
        message(
            type: RTM_NEWNEIGH,
            flags: NLM_F_CREATE | NLM_F_REPLACE,
            "set the neighbour on link \(link)",
            subject: "\(address)"
        ) { message in
            message.header(Self.neighbour(address, link: link))
            message.attribute(NDA_DST, bytes: address.bytes)
            message.attribute(NDA_LLADDR, bytes: mac)
        }
    }

    /// Forgets a neighbour; one that is not known is fine.
    public mutating func deleteNeighbour(_ address: IPAddress, link: Int32) {
        message(
            type: RTM_DELNEIGH,
            tolerated: [ENOENT, ENXIO],
            "forget the neighbour on link \(link)",
            subject: "\(address)"
        ) { message in
            message.header(Self.neighbour(address, link: link))
            message.attribute(NDA_DST, bytes: address.bytes)
        }
    }

    private static func neighbour(_ address: IPAddress, link: Int32) -> ndmsg {
        var header = ndmsg()
        header.ndm_family = address.family
        header.ndm_ifindex = link
        header.ndm_state = UInt16(NUD_PERMANENT)
        return header
    }

    private static func address(_ address: IPAddress, prefix: Int, link: Int32) -> ifaddrmsg {
        var header = ifaddrmsg()
        header.ifa_family = address.family
        header.ifa_prefixlen = UInt8(prefix)
        header.ifa_index = UInt32(link)
        return header
    }

    private static func route(_ destination: Subnet, onLink: Bool) -> rtmsg {
        var header = rtmsg()
        header.rtm_family = destination.address.family
        header.rtm_dst_len = UInt8(destination.prefix)
        header.rtm_table = UInt8(RT_TABLE_MAIN.rawValue)
        header.rtm_protocol = UInt8(RTPROT_STATIC)
        header.rtm_scope = UInt8(onLink ? RT_SCOPE_LINK.rawValue : RT_SCOPE_UNIVERSE.rawValue)
        header.rtm_type = UInt8(RTN_UNICAST)
        return header
    }
}
