import TareNetwork

/// A network as the verbs show it.
struct NetworkRow: Encodable {
    var name: String
    var kind: String
    var subnet: String?
    var subnet6: String?
    var isInternal: Bool
    var mtu: UInt32?
    var containers: [Member]

    /// A container in it.
    struct Member: Encodable {
        var id: String
        var address: String?
        var address6: String?
        var aliases: [String]
        var link: String?
    }

    init(_ network: Network, _ attachments: [NetworkAttachment]) {
        name = network.name
        kind = network.kind.rawValue
        subnet = network.subnet?.description
        subnet6 = network.subnet6?.description
        isInternal = network.isInternal
        mtu = network.mtu
        containers = attachments.filter { $0.network == network.name }.map {
            Member(
                id: $0.container,
                address: $0.address?.description,
                address6: $0.address6?.description,
                aliases: $0.aliases,
                link: $0.hostLink
            )
        }
    }

    enum CodingKeys: String, CodingKey {
        case name, kind, subnet, subnet6, mtu, containers
        case isInternal = "internal"
    }
}
