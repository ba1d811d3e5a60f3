import CTareLinux
import Glibc
import TareCore

extension NetlinkConnection {
    /// Every link of the namespace.
    ///
    /// - Returns: the links in the kernel's order.
    /// - Throws: `TareError` with the errno.
    /// - Complexity: O(links); blocks in the kernel.
    public func links() throws(TareError) -> [LinkRecord] {
        var request = NetlinkBatch()
        request.message(type: RTM_GETLINK, flags: NLM_F_DUMP, "list the links", subject: "links") {
            $0.header(NetlinkBatch.link())
        }
        return try ask(request).compactMap(LinkRecord.init)
    }

    /// One link by its name, or `nil` where there is none.
    public func link(_ name: String) throws(TareError) -> LinkRecord? {
        var request = NetlinkBatch()
        // Without NLM_F_ACK: the answer is the link itself.
        request.message(type: RTM_GETLINK, acknowledged: false, "look at the link", subject: name) { message in
            message.header(NetlinkBatch.link())
            message.attribute(IFLA_IFNAME, text: name)
        }
        do throws(TareError) { return try ask(request, single: true).first.flatMap(LinkRecord.init) } catch {
            if error.errno == ENODEV { return nil }
            throw error
        }
    }

    /// Every address of the namespace, IPv4 and IPv6.
    public func addresses() throws(TareError) -> [AddressRecord] {
        var request = NetlinkBatch()
        request.message(type: RTM_GETADDR, flags: NLM_F_DUMP, "list the addresses", subject: "addresses") {
            $0.header(ifaddrmsg())
        }
        return try ask(request).compactMap(AddressRecord.init)
    }

    /// Every route of the namespace's main table, IPv4 and IPv6.
    public func routes() throws(TareError) -> [RouteRecord] {
        var request = NetlinkBatch()
        request.message(type: RTM_GETROUTE, flags: NLM_F_DUMP, "list the routes", subject: "routes") {
            $0.header(rtmsg())
        }
        return try ask(request).compactMap(RouteRecord.init).filter { $0.table == UInt32(RT_TABLE_MAIN.rawValue) }
    }
}
