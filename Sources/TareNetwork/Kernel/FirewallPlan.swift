import TareLinux

/// The rules of one store in one family: what is made once, what is made once a network, and what a container adds.
///
///     table ip tare-1a2b3c
///       map ports      { address . protocol . port : address . port }   an element a published port
///       map ports-any  { protocol . port : address . port }             the same for 0.0.0.0
///       chain prerouting, output        look both maps up, change the destination
///       chain guard                     nothing from a container reaches 127.0.0.0/8 of the host
///       chain out-MARK (a network)      masquerade what leaves, hairpin, 127.0.0.1
///       chain in-MARK (a network)       what was not asked for is dropped
///
/// A container changes elements only, in one batch, so that its cost does not depend on how many there are.
struct FirewallPlan: Sendable {
    let table: String
    let isIPv6: Bool

    static let exact = "ports"
    static let any = "ports-any"

    private var addressField: FirewallMap.Field { isIPv6 ? .ipv6 : .ipv4 }
    private var addressWords: UInt32 { isIPv6 ? 4 : 1 }
    private var addressLength: UInt32 { isIPv6 ? 16 : 4 }
    private var sourceOffset: UInt32 { isIPv6 ? 8 : 12 }
    private var destinationOffset: UInt32 { isIPv6 ? 24 : 16 }

    func empty() -> FirewallBatch { FirewallBatch(table: table, isIPv6: isIPv6) }

    /// Table, maps and the chains that all networks share.
    func addBase(to batch: inout FirewallBatch) {
        batch.addTable()
        batch.addMap(
            FirewallMap(Self.exact, key: [addressField, .transportProtocol, .port], value: [addressField, .port])
        )
        batch.addMap(FirewallMap(Self.any, key: [.transportProtocol, .port], value: [addressField, .port]))
        // The usual priority of destination NAT is -100.
        for (name, hook) in [("prerouting", FirewallHook.prerouting), ("output", .output)] {
            batch.addChain(name, kind: "nat", hook: hook, priority: -100)
            batch.addRule(name, "published on one address", exactRule)
            batch.addRule(name, "published on every address", anyRule)
        }
        if isIPv6 { return }
        // route_localnet lets 127.0.0.1 pass a bridge; only the host itself may use that. Before connection tracking: -300.
        batch.addChain("guard", kind: "filter", hook: .prerouting, priority: -300)
        batch.addRule(
            "guard",
            "containers do not reach the host's loopback",
            [
                .fact(.inputLink, into: 0), .compareName(register: 0, equal: true, prefix: "tare-"),
                .payload(.network, offset: destinationOffset, length: 1, into: 0),
                .compare(register: 0, equal: true, [127]), .drop,
            ]
        )
    }

    /// The chains of one network.
    func addNetwork(_ network: Network, _ subnet: Subnet, to batch: inout FirewallBatch) {
        let out = "out-\(network.mark)"
        let prefix = network.linkPrefix
        batch.addChain(out, kind: "nat", hook: .postrouting, priority: 100)
        batch.addRule(
            out,
            "a container reaches a published port of its own network",
            matches(subnet, offset: sourceOffset) + matches(subnet, offset: destinationOffset) + translated(true)
                + [.masquerade]
        )
        if !network.isInternal {
            batch.addRule(
                out,
                "what leaves \(subnet) has the host's address",
                matches(subnet, offset: sourceOffset)
                    + [
                        .fact(.outputLink, into: 0), .compareName(register: 0, equal: false, prefix: prefix),
                        .masquerade,
                    ]
            )
        }
        if !isIPv6 {
            batch.addRule(
                out,
                "the host's loopback reaches a published port",
                [
                    .fact(.outputLink, into: 0), .compareName(register: 0, equal: true, prefix: prefix),
                    .payload(.network, offset: sourceOffset, length: 1, into: 0),
                    .compare(register: 0, equal: true, [127]), .masquerade,
                ]
            )
        }
        let into = "in-\(network.mark)"
        batch.addChain(into, kind: "filter", hook: .forward, priority: 0)
        batch.addRule(
            into,
            "only published ports are reached from outside",
            [
                .fact(.outputLink, into: 0), .compareName(register: 0, equal: true, prefix: prefix),
                .fact(.inputLink, into: 0), .compareName(register: 0, equal: false, prefix: prefix),
                .connectionState(into: 0), .mask(register: 0, Self.word(Self.stateNew)),
                .compare(register: 0, equal: false, Self.word(0)),
            ] + translated(false) + [.drop]
        )
        if network.isInternal {
            batch.addRule(
                into,
                "nothing leaves an internal network",
                [
                    .fact(.inputLink, into: 0), .compareName(register: 0, equal: true, prefix: prefix),
                    .fact(.outputLink, into: 0), .compareName(register: 0, equal: false, prefix: prefix), .drop,
                ]
            )
        }
    }

    /// Takes the chains of one network away.
    func removeNetwork(_ network: Network, from batch: inout FirewallBatch) {
        batch.deleteChain("out-\(network.mark)")
        batch.deleteChain("in-\(network.mark)")
    }

    /// The elements of a container's ports, by map.
    func elements(_ ports: [PublishedPort], to address: IPAddress) -> (exact: [FirewallElement], any: [FirewallElement])
    {
        var exact: [FirewallElement] = []
        var any: [FirewallElement] = []
        for port in ports where port.hostAddress.isIPv6 == isIPv6 && !(isIPv6 && port.hostAddress.isLoopback) {
            let tail =
                FirewallElement.field(transportProtocol: port.transport.number)
                + FirewallElement.field(port: port.hostPort)
            let value = address.bytes + FirewallElement.field(port: port.containerPort)
            if port.hostAddress.isAny {
                any.append(FirewallElement(key: tail, value: value))
            } else {
                exact.append(FirewallElement(key: port.hostAddress.bytes + tail, value: value))
            }
        }
        return (exact, any)
    }

    private var exactRule: [FirewallExpression] {
        [
            .payload(.network, offset: destinationOffset, length: addressLength, into: 0),
            .fact(.transportProtocol, into: addressWords),
            .payload(.transport, offset: 2, length: 2, into: addressWords + 1),
            .lookup(set: Self.exact, key: 0, value: 0),
            .destination(isIPv6: isIPv6, address: 0, port: addressWords),
        ]
    }

    private var anyRule: [FirewallExpression] {
        // Packets from ::1 leave by no link, whatever a rule says: the helper takes them.
        let notLoopback: [FirewallExpression] =
            isIPv6
            ? [
                .payload(.network, offset: destinationOffset, length: addressLength, into: 0),
                .compare(register: 0, equal: false, IPAddress.loopbackIPv6.bytes),
            ] : []
        return notLoopback + [
            // RTN_LOCAL is 2: an address of this host.
            .destinationKind(into: 0), .compare(register: 0, equal: true, Self.word(2)),
            .fact(.transportProtocol, into: 0), .payload(.transport, offset: 2, length: 2, into: 1),
            .lookup(set: Self.any, key: 0, value: 0),
            .destination(isIPv6: isIPv6, address: 0, port: addressWords),
        ]
    }

    private func matches(_ subnet: Subnet, offset: UInt32) -> [FirewallExpression] {
        let mask = (0..<Int(addressLength)).map { place in
            UInt8(truncatingIfNeeded: 0xff00 >> max(0, min(8, subnet.prefix - place * 8)))
        }
        return [
            .payload(.network, offset: offset, length: addressLength, into: 0), .mask(register: 0, mask),
            .compare(register: 0, equal: true, subnet.address.bytes),
        ]
    }

    /// Whether the connection's destination was changed by a published port.
    private func translated(_ wanted: Bool) -> [FirewallExpression] {
        [
            .connectionStatus(into: 0), .mask(register: 0, Self.word(Self.statusTranslated)),
            .compare(register: 0, equal: !wanted, Self.word(0)),
        ]
    }

    /// `ct state new`: bit IP_CT_NEW + 1.
    private static let stateNew: UInt32 = 1 << 3
    /// `ct status dnat`: IPS_DST_NAT.
    private static let statusTranslated: UInt32 = 1 << 5

    private static func word(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value) { Array($0) } }
}
