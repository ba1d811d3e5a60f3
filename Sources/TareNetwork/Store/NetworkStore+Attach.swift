import Glibc
import TareCore
import TareLinux

extension NetworkStore {
    /// Puts a container into a network: namespace, link, addresses, published ports.
    ///
    /// The namespace is made with the container's first network and joined by the others. For `host` there is none; for `none`
    /// it has loopback only. The default network is made where it is named and not there. On a failure nothing stays.
    ///
    /// - Parameters:
    ///   - container: its id.
    ///   - network: the network's name.
    ///   - ports: what to publish.
    ///   - aliases: names by which the network's other containers reach it, its own name among them.
    /// - Returns: what a runtime needs.
    /// - Throws: `notFound` for the network; `exists` where it is attached already; `unavailable` where a port is taken, with
    ///   who holds it; `exhausted` where the network is full; `noPermission`.
    /// - Complexity: O(ports), whatever number is attached; about 10 system calls beside the files.
    public func attach(
        container: String,
        network: String,
        ports: [PortRequest] = [],
        aliases: [String] = []
    ) throws(TareError) -> NetworkAttachment {
        try attachCounting(container: container, network: network, ports: ports, aliases: aliases).attachment
    }

    /// The same, with what talking to the kernel took.
    public func attachCounting(
        container: String,
        network: String,
        ports: [PortRequest] = [],
        aliases: [String] = []
    ) throws(TareError) -> (attachment: NetworkAttachment, count: NetlinkCount) {
        try Self.check(container, what: "a container")
        for alias in aliases { try Self.check(alias, what: "a container in its network") }
        let work = try working()
        defer { withExtendedLifetime(work) {} }
        return try inHost { () throws(TareError) in
            let host = try HostPart()
            var (definition, attachment, bridge) = try reserve(container, network, ports, aliases, host)
            do throws(TareError) {
                let inside = try build(&attachment, definition, bridge, host)
                attachment.isComplete = true
                try write(attachment)
                try announce(attachment, in: definition)
                return (attachment, host.count + inside)
            } catch {
                var failure = error
                do throws(TareError) { try undo(attachment, host) } catch { failure.causes.append(error) }
                throw failure
            }
        }
    }

    /// Takes address and ports, writes the unfinished record, and makes what the network's containers share.
    private func reserve(
        _ container: String,
        _ name: String,
        _ ports: [PortRequest],
        _ aliases: [String],
        _ host: HostPart
    ) throws(TareError) -> (Network, NetworkAttachment, Int32) {
        let lock = try reserving()
        defer { withExtendedLifetime(lock) {} }
        let network =
            name == Network.defaultName && !FileReading.exists(path("networks", "\(name).json"))
            ? try createLocked(name, NetworkOptions()) : try inspect(name)
        let siblings = try attachments(of: container)
        try Self.refuse(container, network, ports, siblings)
        var attachment = NetworkAttachment(
            container: container,
            network: name,
            namespace: network.kind == .host ? nil : path("netns", container),
            places: [],
            nameServers: [],
            ports: [],
            aliases: aliases,
            shard: 0,
            isComplete: false
        )
        guard network.kind == .bridge else {
            if network.kind == .host { attachment.nameServers = ResolverFile(at: settings.resolverFile).servers }
            try write(attachment)
            return (network, attachment, 0)
        }
        do throws(TareError) {
            try takeAddress(&attachment, network)
            try takePorts(&attachment, ports, network)
            let numbers = Set(siblings.compactMap { $0.link?.dropFirst(3) }.compactMap { Int($0) })
            let number = (0...).first { !numbers.contains($0) } ?? 0
            attachment.link = "eth\(number)"
            attachment.hostLink = "tarev\(NameHash.hex("\(root)/\(container)/\(name)", digits: 10))"
            attachment.nameServers = nameServers(network, shard: attachment.shard)
            try write(attachment)
            let bridge = try host.ensure(network, shard: attachment.shard, table: table)
            try startForwarding(isIPv6: network.subnet6 != nil)
            return (network, attachment, bridge)
        } catch {
            var failure = error
            do throws(TareError) { try release(attachment, host) } catch { failure.causes.append(error) }
            throw failure
        }
    }

    private static func refuse(
        _ container: String,
        _ network: Network,
        _ ports: [PortRequest],
        _ siblings: [NetworkAttachment]
    ) throws(TareError) {
        if siblings.contains(where: { $0.network == network.name }) {
            throw TareError(
                .exists,
                subject: container,
                "cannot attach the container to \(network.name): it is attached already",
                hint: "detach it first"
            )
        }
        let alone = network.kind != .bridge || siblings.contains { $0.link == nil }
        if alone, !siblings.isEmpty {
            throw TareError(
                .invalid,
                subject: container,
                "cannot attach the container to \(network.name): host and none go with no other network"
            )
        }
        if network.kind != .bridge, !ports.isEmpty {
            throw TareError(
                .usage,
                subject: container,
                "cannot publish ports in the network \(network.name)",
                hint: network.kind == .host
                    ? "its ports are the host's own: leave -p out" : "give it a network of bridges"
            )
        }
    }

    /// The kernel's side of one container; counts what was said inside its namespace.
    private func build(
        _ attachment: inout NetworkAttachment,
        _ network: Network,
        _ bridge: Int32,
        _ host: HostPart
    ) throws(TareError) -> NetlinkCount {
        guard let path = attachment.namespace else { return NetlinkCount() }
        let opened: NetlinkConnectionBox
        if NetworkNamespace.isPinned(path) {
            opened = try NetworkNamespace(opening: path).run { () throws(TareError) in
                try NetlinkConnectionBox()
            }
        } else {
            try NetworkNamespace.remove(at: path)
            opened = try NetworkNamespace.make(at: path) { () throws(TareError) in try NetlinkConnectionBox() }
        }
        let inside = opened.connection
        var settle = NetlinkBatch()
        settle.change(.loopback, .up)
        if let link = attachment.link, let hostLink = attachment.hostLink {
            let number = Int32(link.dropFirst(3)) ?? 0
            let namespace = try NetworkNamespace(opening: path)
            var pair = NetlinkBatch()
            let address = attachment.address ?? .anyIPv4
            pair.addPair(
                hostLink,
                bridge: bridge,
                peer: PeerLink(
                    name: link,
                    mac: AddressPlan.mac(address),
                    mtu: network.mtu,
                    namespace: namespace.raw
                )
            )
            // With br_netfilter the bridge itself changes destinations, and a frame has to turn around in its port.
            if KernelSetting.read("net/bridge/bridge-nf-call-iptables") == "1" {
                var turn = LinkChange()
                turn.hairpin = true
                pair.change(.name(hostLink), turn)
            }
            // Both sides know each other's hardware address, so nobody asks, and the kernel's table of 1,024 collectable
            // neighbours (gc_thresh3, one table for all namespaces) does not limit the number of containers.
            for place in attachment.places {
                pair.setNeighbour(place.address, mac: AddressPlan.mac(address), link: bridge)
            }
            try host.routes.commit(pair)
            guard let index = try inside.link(link)?.index else {
                throw TareError(.unavailable, subject: link, "cannot use the container's link: it has gone")
            }
            var up = LinkChange.up
            up.withoutLinkLocal = network.subnet6 == nil
            settle.change(.index(index), up)
            let gatewayMAC = AddressPlan.mac(attachment.places.first?.gateway ?? .anyIPv4)
            for place in attachment.places {
                settle.addAddress(place.address, prefix: place.prefix, link: index)
                settle.setNeighbour(place.gateway, mac: gatewayMAC, link: index)
                // A container's first network leads outside.
                if number == 0 {
                    settle.addRoute(
                        to: place.address.isIPv6 ? .allIPv6 : .allIPv4,
                        gateway: place.gateway,
                        link: index
                    )
                }
            }
        }
        try inside.commit(settle)
        if let link = attachment.link, let hostLink = attachment.hostLink {
            try host.routes.awaitOperational(hostLink)
            try inside.awaitOperational(link)
            // A bridge opens with its first port.
            try host.awaitBridge(network.bridge(attachment.shard))
        }
        try host.change(attachment.ports, of: attachment.places, table: table, adding: true)
        return inside.count
    }
}

/// Carries a connection out of the thread that opened it; only one thread has it at a time.
private final class NetlinkConnectionBox: Sendable {
    nonisolated(unsafe) let connection: NetlinkConnection
    init() throws(TareError) { connection = try NetlinkConnection(.route) }
}
