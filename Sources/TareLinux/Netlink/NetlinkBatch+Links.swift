import CTareLinux
import Glibc

/// Links: bridges, veth pairs, and their settings. Names are at most 15 bytes.
extension NetlinkBatch {
    /// Makes a bridge and brings it up.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - mac: its hardware address, 6 bytes; a fixed one, since a bridge without takes its smallest port's and changes.
    ///   - mtu: bytes; `nil` for the kernel's 1500.
    public mutating func addBridge(_ name: String, mac: [UInt8], mtu: UInt32? = nil) {
        message(type: RTM_NEWLINK, flags: NLM_F_CREATE | NLM_F_EXCL, "make the bridge", subject: name) { message in
            message.header(Self.link(up: true))
            message.attribute(IFLA_IFNAME, text: name)
            message.attribute(IFLA_ADDRESS, bytes: mac)
            if let mtu { message.attribute(IFLA_MTU, mtu) }
            message.nest(IFLA_LINKINFO) { $0.attribute(IFLA_INFO_KIND, text: "bridge") }
        }
    }

    /// Makes a veth pair: one end here, up, as a port of a bridge; the other in another namespace, down.
    ///
    /// One message does what takes four `ip` commands: make, move, rename, attach. The kernel numbers the other end itself.
    ///
    /// - Parameters:
    ///   - name: the end here.
    ///   - bridge: the index of the bridge here; `nil` for none.
    ///   - peer: the end there.
    public mutating func addPair(_ name: String, bridge: Int32?, peer: PeerLink) {
        message(type: RTM_NEWLINK, flags: NLM_F_CREATE | NLM_F_EXCL, "make the veth pair", subject: name) { message in
            message.header(Self.link(up: true))
            message.attribute(IFLA_IFNAME, text: name)
            if let bridge { message.attribute(IFLA_MASTER, bridge) }
            if let mtu = peer.mtu { message.attribute(IFLA_MTU, mtu) }
            message.nest(IFLA_LINKINFO) { info in
                info.attribute(IFLA_INFO_KIND, text: "veth")
                info.nest(IFLA_INFO_DATA) { data in
                    data.nest(Int(VETH_INFO_PEER)) { end in
                        end.header(Self.link())
                        end.attribute(IFLA_IFNAME, text: peer.name)
                        end.attribute(IFLA_ADDRESS, bytes: peer.mac)
                        end.attribute(IFLA_NET_NS_FD, peer.namespace)
                        if let mtu = peer.mtu { end.attribute(IFLA_MTU, mtu) }
                    }
                }
            }
        }
    }

    /// Changes a link.
    ///
    /// - Parameters:
    ///   - link: by index or by name.
    ///   - change: what to change.
    public mutating func change(_ link: LinkReference, _ change: LinkChange) {
        message(type: RTM_NEWLINK, "change the link", subject: "\(link)") { message in
            message.header(Self.link(index: link.index ?? 0, up: change.up))
            if let name = link.name { message.attribute(IFLA_IFNAME, text: name) }
            if let name = change.name { message.attribute(IFLA_IFNAME, text: name) }
            if let mtu = change.mtu { message.attribute(IFLA_MTU, mtu) }
            if let bridge = change.bridge { message.attribute(IFLA_MASTER, bridge) }
            if let namespace = change.namespace { message.attribute(IFLA_NET_NS_FD, namespace) }
            if change.withoutLinkLocal {
                message.nest(IFLA_AF_SPEC) { families in
                    families.nest(Int(AF_INET6)) { $0.attribute(IFLA_INET6_ADDR_GEN_MODE, UInt8(1)) }
                }
            }
            if let hairpin = change.hairpin {
                message.nest(IFLA_LINKINFO) { info in
                    info.attribute(IFLA_INFO_SLAVE_KIND, text: "bridge")
                    info.nest(IFLA_INFO_SLAVE_DATA) { $0.attribute(IFLA_BRPORT_MODE, UInt8(hairpin ? 1 : 0)) }
                }
            }
        }
    }

    /// Deletes a link; of a veth pair both ends go.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - ifPresent: whether a link that is not there is fine.
    public mutating func deleteLink(_ name: String, ifPresent: Bool = false) {
        message(type: RTM_DELLINK, tolerated: ifPresent ? [ENODEV] : [], "delete the link", subject: name) { message in
            message.header(Self.link())
            message.attribute(IFLA_IFNAME, text: name)
        }
    }

    static func link(index: Int32 = 0, up: Bool? = nil) -> ifinfomsg {
        var header = ifinfomsg()
        header.ifi_index = index
        if let up {
            header.ifi_change = UInt32(1)
            header.ifi_flags = up ? 1 : 0
        }
        return header
    }
}
