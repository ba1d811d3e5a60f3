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

    /// Waits until packets pass a link whose other end is up.
    ///
    /// The kernel opens a link in a work queue after its carrier came, and until then drops what is sent, so that the first
    /// connection would be tried again only a second later. Since Linux 6.8 the question itself makes it look
    /// (`linkwatch_sync_dev` in `rtnl_getlink`); older kernels take some milliseconds.
    ///
    /// - Parameter name: the link.
    /// - Returns: whether packets pass; `false` after 100 ms.
    /// - Throws: `TareError` with the errno.
    @discardableResult
    public func awaitOperational(_ name: String) throws(TareError) -> Bool {
        for round in 0..<100 {
            if round > 0 { usleep(1000) }
            guard let record = try link(name) else { return false }
            if record.isOperational { return true }
        }
        return false
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
