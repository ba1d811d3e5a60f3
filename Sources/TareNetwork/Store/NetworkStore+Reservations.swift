import Glibc
import TareCore
import TareLinux

/// Addresses and ports as files. All of it runs under the reserving lock.
extension NetworkStore {
    /// Takes the next free address; the lowest shard with room, so that no bridge is made before it is needed.
    func takeAddress(_ attachment: inout NetworkAttachment, _ network: Network) throws(TareError) {
        guard let plan = network.plan else {
            throw TareError(.corrupt, subject: network.name, "cannot hand out addresses: the network has none")
        }
        let folder = path("addresses", network.name)
        try FolderMaking.make(folder)
        let taken = Set(Self.names(in: folder))
        // Going on behind the last one gives an address back late, so that old connections do not meet a new container.
        let hint = FileReading.valueIfPresent(at: path("addresses", ".\(network.name).next")).flatMap { Int($0) } ?? 0
        for shard in 0..<plan.shards {
            for step in 0..<plan.capacity {
                let place = (hint + step) % plan.capacity
                let address = plan.address(shard, place)
                guard !taken.contains(address.description) else { continue }
                guard try Self.claim(PathText.join(folder, "\(address)"), for: attachment.container) else { continue }
                attachment.shard = shard
                attachment.places = [
                    NetworkAttachment.Place(address: address, prefix: plan.prefix, gateway: plan.gateway(shard))
                ]
                if let address6 = plan.address6(shard, place), let gateway6 = plan.gateway6(shard) {
                    attachment.places.append(
                        NetworkAttachment.Place(address: address6, prefix: plan.prefix6, gateway: gateway6)
                    )
                }
                attachment.mac = AddressPlan.mac(address).map { byte in
                    (byte < 16 ? "0" : "") + String(byte, radix: 16)
                }.joined(separator: ":")
                try Self.replace(path("addresses", ".\(network.name).next"), Array("\(place + 1)".utf8))
                return
            }
        }
        throw TareError(
            .exhausted,
            subject: network.name,
            "cannot attach the container: all \(plan.places) addresses of \(plan.subnet) are taken",
            hint: "make another network, or one with a wider subnet"
        )
    }

    /// Takes the ports, each tried against other containers and the host's programs.
    func takePorts(_ attachment: inout NetworkAttachment, _ requests: [PortRequest], _ network: Network)
        throws(TareError)
    {
        for request in requests {
            let addresses: [IPAddress] =
                if let address = request.hostAddress { [address] } else {
                    network.subnet6 == nil ? [.anyIPv4] : [.anyIPv4, .anyIPv6]
                }
            for address in addresses { try refuseUnreachable(address, network) }
            if let port = request.hostPort {
                for address in addresses { try takePort(&attachment, request, address, port) }
            } else {
                try takeFreePort(&attachment, request, addresses)
            }
        }
    }

    /// IPv6 needs a network with IPv6; `[::1]` needs the helper, since no rule leads packets away from that address.
    private func refuseUnreachable(_ address: IPAddress, _ network: Network) throws(TareError) {
        guard address.isIPv6 else { return }
        if address.isLoopback {
            if settings.helper != nil { return }
            throw TareError(
                .unsupported,
                subject: "[::1]",
                "cannot publish the port at the IPv6 loopback: the program tare-net is missing",
                hint: "publish it at 127.0.0.1"
            )
        }
        if network.subnet6 == nil {
            throw TareError(
                .unsupported,
                subject: "[\(address)]",
                "cannot publish the port at an IPv6 address: the network \(network.name) has IPv4 only",
                hint: "make a network with IPv6"
            )
        }
    }

    private func takeFreePort(
        _ attachment: inout NetworkAttachment,
        _ request: PortRequest,
        _ addresses: [IPAddress]
    ) throws(TareError) {
        var last: TareError?
        // The dynamic ports of RFC 6335, from a random one on.
        let start = UInt16.random(in: 0..<16384)
        for step in 0..<UInt16(256) {
            let port = 49152 + (start + step) % 16384
            let before = attachment.ports
            do throws(TareError) {
                for address in addresses { try takePort(&attachment, request, address, port) }
                return
            } catch {
                for taken in attachment.ports.dropFirst(before.count) { try dropPort(taken) }
                attachment.ports = before
                guard error.code == .unavailable else { throw error }
                last = error
            }
        }
        throw TareError(
            .exhausted,
            subject: "\(request.containerPort)/\(request.transport.rawValue)",
            "cannot publish the port: 256 ports in a row are taken",
            causes: last.map { [$0] } ?? []
        )
    }

    private func takePort(
        _ attachment: inout NetworkAttachment,
        _ request: PortRequest,
        _ address: IPAddress,
        _ port: UInt16
    ) throws(TareError) {
        let published = PublishedPort(
            hostAddress: address,
            hostPort: port,
            containerPort: request.containerPort,
            transport: request.transport
        )
        let folder = portFolder(published)
        for other in Self.names(in: folder) {
            guard let held = IPAddress(other), held.isIPv6 == address.isIPv6 else { continue }
            guard held == address || held.isAny || address.isAny else { continue }
            let holder = FileReading.valueIfPresent(at: PathText.join(folder, other)) ?? "another container"
            throw TareError(
                .unavailable,
                subject: published.hostText,
                "cannot publish port \(port)/\(request.transport.rawValue): container \(holder) has it",
                hint: "choose another port, or none for a free one"
            )
        }
        try PortTrial.run(published)
        try FolderMaking.make(folder)
        guard try Self.claim(PathText.join(folder, "\(address)"), for: attachment.container) else {
            throw TareError(.internal, subject: published.hostText, "cannot take the port: its file is there already")
        }
        attachment.ports.append(published)
    }

    func dropPort(_ port: PublishedPort) throws(TareError) {
        try Self.drop(PathText.join(portFolder(port), "\(port.hostAddress)"))
        _ = rmdir(portFolder(port))
    }

    private func portFolder(_ port: PublishedPort) -> String {
        path("ports", port.transport.rawValue, "\(port.hostPort)")
    }
}
