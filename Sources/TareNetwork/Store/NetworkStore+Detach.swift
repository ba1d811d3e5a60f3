import Glibc
import TareCore
import TareLinux

extension NetworkStore {
    /// Takes a container out of a network; with its last network its namespace goes too.
    ///
    /// Works on half-made and half-removed attachments alike; one that is not there is fine. With a network's last container
    /// its bridges and rules go, with the store's last the tables, and the host forwards packets as it did before.
    ///
    /// - Parameters:
    ///   - container: its id.
    ///   - network: the network; `nil` for all that it is attached to.
    /// - Throws: `TareError` where the kernel refuses; the record stays, so that it can be tried again.
    public func detach(container: String, network: String? = nil) throws(TareError) {
        try Self.check(container, what: "a container")
        let work = try working()
        defer { withExtendedLifetime(work) {} }
        let found = try attachments(of: container).filter { network == nil || $0.network == network }
        if found.isEmpty { return }
        try inHost { () throws(TareError) in
            let host = try HostPart()
            for attachment in found { try undo(attachment, host) }
        }
    }

    /// Every attachment of the store, by container and network.
    public func attachments() throws(TareError) -> [NetworkAttachment] {
        var all: [NetworkAttachment] = []
        for container in Self.names(in: path("attachments")) { all += try attachments(of: container) }
        return all
    }

    /// The attachments of one container, the one that leads outside first.
    public func attachments(of container: String) throws(TareError) -> [NetworkAttachment] {
        let folder = path("attachments", container)
        var found: [NetworkAttachment] = []
        for name in Self.names(in: folder) {
            found.append(try Self.decode(NetworkAttachment.self, at: PathText.join(folder, name)))
        }
        return found.sorted { ($0.link ?? "") < ($1.link ?? "") }
    }

    func write(_ attachment: NetworkAttachment) throws(TareError) {
        try FolderMaking.make(path("attachments", attachment.container))
        try Self.replace(
            path("attachments", attachment.container, attachment.network),
            try Self.encode(attachment, attachment.container)
        )
    }

    /// Removes everything of an attachment in the order in which it was made, backwards; every step may be done already.
    func undo(_ attachment: NetworkAttachment, _ host: HostPart) throws(TareError) {
        try host.change(attachment.ports, of: attachment.places, table: table, adding: false)
        if let link = attachment.hostLink {
            var batch = NetlinkBatch()
            batch.deleteLink(link, ifPresent: true)
            if let network = try? inspect(attachment.network),
                let bridge = try host.routes.link(network.bridge(attachment.shard))
            {
                for place in attachment.places { batch.deleteNeighbour(place.address, link: bridge.index) }
            }
            try host.routes.commit(batch)
        }
        let lock = try reserving()
        defer { withExtendedLifetime(lock) {} }
        try release(attachment, host)
    }

    /// Gives reservations back and removes what nobody shares any more; under the reserving lock.
    func release(_ attachment: NetworkAttachment, _ host: HostPart) throws(TareError) {
        for port in attachment.ports { try dropPort(port) }
        if let address = attachment.address { try Self.drop(path("addresses", attachment.network, "\(address)")) }
        let others = try attachments(of: attachment.container).filter { $0.network != attachment.network }
        if others.isEmpty, let namespace = attachment.namespace { try NetworkNamespace.remove(at: namespace) }
        if let network = try? inspect(attachment.network), network.kind == .bridge {
            let isLast = Self.names(in: path("addresses", network.name)).isEmpty
            try withdraw(attachment.container, from: network, isLast: isLast)
            if isLast {
                try host.remove(network, table: table)
                try Self.drop(path("addresses", ".\(network.name).next"))
            }
        }
        try Self.drop(path("attachments", attachment.container, attachment.network))
        _ = rmdir(path("attachments", attachment.container))
        if Self.names(in: path("addresses")).allSatisfy({ Self.names(in: path("addresses", $0)).isEmpty }) {
            try host.removeTables(table)
            try stopForwarding()
        }
    }

    /// Lets the host forward packets; what it did before is written down first.
    ///
    /// IPv6 only where a network has it: a host that forwards no longer takes its own routes from routers' advertisements.
    func startForwarding(isIPv6: Bool) throws(TareError) {
        for name in ["net/ipv4/ip_forward"] + (isIPv6 ? ["net/ipv6/conf/all/forwarding"] : []) {
            guard KernelSetting.read(name) == "0" else { continue }
            try Self.replace(forwardingFile(name), Array("0".utf8))
            try KernelSetting.write(name, "1")
        }
    }

    func stopForwarding() throws(TareError) {
        for name in ["net/ipv4/ip_forward", "net/ipv6/conf/all/forwarding"]
        where FileReading.exists(forwardingFile(name)) {
            try KernelSetting.write(name, "0")
            try Self.drop(forwardingFile(name))
        }
    }

    private func forwardingFile(_ name: String) -> String {
        path("was-off-\(name.split(separator: "/").joined(separator: "."))")
    }
}
