import Glibc
import TareCore
import TareLinux

extension NetworkStore {
    /// Makes a network; its kernel part comes with the first container.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - options: addresses and the rest.
    /// - Returns: the network, with the addresses that were chosen.
    /// - Throws: `exists`; `invalid` where addresses overlap a route of the host or another network; `exhausted` where no
    ///   pool is free.
    @discardableResult
    public func create(_ name: String, _ options: NetworkOptions = NetworkOptions()) throws(TareError) -> Network {
        try Self.check(name, what: "a network")
        let lock = try reserving()
        defer { withExtendedLifetime(lock) {} }
        return try createLocked(name, options)
    }

    func createLocked(_ name: String, _ options: NetworkOptions) throws(TareError) -> Network {
        let others = try list()
        if others.contains(where: { $0.name == name }) {
            throw TareError(
                .exists,
                subject: name,
                "cannot make the network: there is one of that name",
                hint: "choose another name, or remove that one"
            )
        }
        let taken = try takenSubnets(others)
        let mark = NameHash.hex("\(root)/\(name)", digits: 6)
        var network = Network(
            name: name,
            kind: .bridge,
            subnet: try chooseSubnet(options.subnet, taken, name),
            subnet6: nil,
            mtu: options.mtu,
            isInternal: options.isInternal,
            bridgeCapacity: settings.bridgeCapacity,
            mark: mark
        )
        if options.ipv6 || options.subnet6 != nil {
            // A unique local network (RFC 4193): 40 bits, here of the store's and the network's name.
            let hash = NameHash.hex("\(root)/\(name)", digits: 10)
            let digits = Array(hash)
            let own = "fd\(String(digits[0..<2])):\(String(digits[2..<6])):\(String(digits[6..<10]))::/64"
            network.subnet6 = options.subnet6 ?? Subnet(own)
            if let subnet6 = network.subnet6 { try Self.refuseOverlap(subnet6, taken, name) }
        }
        guard network.plan != nil else {
            throw TareError(
                .invalid,
                subject: name,
                "cannot make the network: \(network.subnet?.description ?? "") has no room for a gateway and a container",
                hint: "give /30 or wider for IPv4, /120 or wider for IPv6"
            )
        }
        if let other = others.first(where: { $0.mark == mark }) {
            throw TareError(
                .exists,
                subject: name,
                "cannot make the network: its links would be named as those of \(other.name)",
                hint: "choose another name"
            )
        }
        try AtomicFile.write(path("networks", "\(name).json"), try Self.encode(network, name))
        return network
    }

    /// Every network by name, the predefined ones too.
    ///
    /// - Returns: the networks.
    /// - Throws: `corrupt` where a record cannot be read.
    public func list() throws(TareError) -> [Network] {
        var networks = Network.predefined
        for file in Self.names(in: path("networks")) where file.hasSuffix(".json") {
            networks.append(try Self.decode(Network.self, at: path("networks", file)))
        }
        return networks.sorted { $0.name < $1.name }
    }

    /// One network.
    ///
    /// - Parameter name: its name.
    /// - Returns: the network.
    /// - Throws: `notFound`.
    public func inspect(_ name: String) throws(TareError) -> Network {
        if let network = Network.predefined.first(where: { $0.name == name }) { return network }
        try Self.check(name, what: "a network")
        let file = path("networks", "\(name).json")
        guard FileReading.exists(file) else {
            throw TareError(
                .notFound,
                subject: name,
                "there is no network of that name",
                hint: "make it with `tare network create \(name)`"
            )
        }
        return try Self.decode(Network.self, at: file)
    }

    /// Removes a network that nobody is attached to.
    ///
    /// - Parameter name: its name.
    /// - Throws: `invalid` where it is predefined or containers are attached; `notFound`.
    public func remove(_ name: String) throws(TareError) {
        let network = try inspect(name)
        guard network.kind == .bridge else {
            throw TareError(.invalid, subject: name, "cannot remove the network: it is always there")
        }
        let lock = try reserving()
        defer { withExtendedLifetime(lock) {} }
        let users = try attachments().filter { $0.network == name }
        if !users.isEmpty {
            let some = users.prefix(3).map(\.container).joined(separator: ", ")
            throw TareError(
                .invalid,
                subject: name,
                "cannot remove the network: \(users.count) containers are attached to it (\(some))",
                hint: "remove the containers first"
            )
        }
        try inHost { () throws(TareError) in try HostPart().remove(network, table: table) }
        try Self.drop(path("networks", "\(name).json"))
        _ = rmdir(path("addresses", name))
        try Self.drop(path("names", name))
        try FolderMaking.synchronise(path("networks"))
    }

    private func takenSubnets(_ others: [Network]) throws(TareError) -> [(Subnet, String)] {
        var taken: [(Subnet, String)] = []
        for network in others {
            for subnet in [network.subnet, network.subnet6].compactMap({ $0 }) {
                taken.append((subnet, "network \(network.name)"))
            }
        }
        let own = Set(others.map(\.linkPrefix))
        let (links, routes) = try inHost { () throws(TareError) in
            let kernel = try NetlinkConnection(.route)
            return (try kernel.links(), try kernel.routes())
        }
        let names = Dictionary(links.map { ($0.index, $0.name) }, uniquingKeysWith: { first, _ in first })
        for route in routes where route.destination.prefix > 0 {
            let link = names[route.link] ?? "link \(route.link)"
            if own.contains(where: { !$0.isEmpty && link.hasPrefix($0) }) { continue }
            taken.append((route.destination, "the host's route by \(link)"))
        }
        for server in ResolverFile(at: settings.resolverFile).servers where !server.isLoopback {
            if let single = Subnet(address: server, prefix: server.bytes.count * 8) {
                taken.append((single, "the host's name server"))
            }
        }
        return taken
    }

    private func chooseSubnet(_ wanted: Subnet?, _ taken: [(Subnet, String)], _ name: String) throws(TareError)
        -> Subnet
    {
        if let wanted {
            try Self.refuseOverlap(wanted, taken, name)
            return wanted
        }
        for pool in settings.pools where !taken.contains(where: { $0.0.overlaps(pool) }) { return pool }
        throw TareError(
            .exhausted,
            subject: name,
            "cannot choose addresses for the network: all \(settings.pools.count) pools overlap routes or networks",
            hint: "state a subnet"
        )
    }

    private static func refuseOverlap(_ subnet: Subnet, _ taken: [(Subnet, String)], _ name: String) throws(TareError) {
        guard let other = taken.first(where: { $0.0.overlaps(subnet) }) else { return }
        throw TareError(
            .invalid,
            subject: name,
            "cannot give the network \(subnet): it overlaps \(other.0) of \(other.1)",
            hint: "state another subnet, or none to have one chosen"
        )
    }
}
