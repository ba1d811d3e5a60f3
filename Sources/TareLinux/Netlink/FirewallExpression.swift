import CTareLinux

/// One step of an nftables rule: load into a register, compare, look up, act.
///
/// Registers are of 4 bytes, numbered from 0; a value longer than that takes several. A rule goes on to its next step as
/// long as the comparisons hold.
public enum FirewallExpression: Sendable, Hashable {
    /// Where a packet's bytes are counted from.
    public enum Header: UInt32, Sendable {
        /// The IP header.
        case network = 1
        /// The TCP or UDP header.
        case transport = 2
    }

    /// What nftables knows of a packet beside its bytes: the kernel's `nft_meta_keys`.
    public enum Fact: UInt32, Sendable {
        /// The name of the link that it came in by, 16 bytes.
        case inputLink = 6
        /// The name of the link that it goes out by, 16 bytes.
        case outputLink = 7
        /// The transport protocol, one byte.
        case transportProtocol = 16
    }

    /// Loads bytes of the packet.
    case payload(Header, offset: UInt32, length: UInt32, into: UInt32)
    /// Loads a fact.
    case fact(Fact, into: UInt32)
    /// Loads the connection's state bits (`ct state`).
    case connectionState(into: UInt32)
    /// Loads the connection's status bits (`ct status`).
    case connectionStatus(into: UInt32)
    /// Loads the kind of the destination address (`fib daddr type`), 4 bytes.
    case destinationKind(into: UInt32)
    /// Keeps the bits of a mask.
    case mask(register: UInt32, [UInt8])
    /// Goes on where the register is equal, or is not.
    case compare(register: UInt32, equal: Bool, [UInt8])
    /// Goes on where the set has the key; a map's value is loaded.
    case lookup(set: String, key: UInt32, value: UInt32?)
    /// Changes the destination to address and port in registers.
    case destination(isIPv6: Bool, address: UInt32, port: UInt32)
    /// Changes the source to the outgoing link's address.
    case masquerade
    /// Ends: accept.
    case accept
    /// Ends: drop.
    case drop
    /// Counts packets and bytes.
    case counter

    /// The link's name begins with `prefix`: for all bridges of a network.
    public static func compareName(register: UInt32, equal: Bool, prefix: String) -> FirewallExpression {
        .compare(register: register, equal: equal, Array(prefix.utf8))
    }

    /// The link has this name, with the NULs up to 16 bytes.
    public static func compareName(register: UInt32, equal: Bool, _ name: String) -> FirewallExpression {
        let padding = [UInt8](repeating: 0, count: max(0, 16 - name.utf8.count))
        return .compare(register: register, equal: equal, Array(name.utf8) + padding)
    }

    var name: String {
        switch self {
        case .payload: "payload"
        case .fact: "meta"
        case .connectionState, .connectionStatus: "ct"
        case .destinationKind: "fib"
        case .mask: "bitwise"
        case .compare: "cmp"
        case .lookup: "lookup"
        case .destination: "nat"
        case .masquerade: "masq"
        case .accept, .drop: "immediate"
        case .counter: "counter"
        }
    }

    /// Writes its attributes.
    func encode(_ data: inout NetlinkBatch) {
        switch self {
        case .payload(let header, let offset, let length, let register):
            data.attribute(NFTA_PAYLOAD_DREG, bigEndian: Self.number(register))
            data.attribute(NFTA_PAYLOAD_BASE, bigEndian: header.rawValue)
            data.attribute(NFTA_PAYLOAD_OFFSET, bigEndian: offset)
            data.attribute(NFTA_PAYLOAD_LEN, bigEndian: length)
        case .fact(let fact, let register):
            data.attribute(NFTA_META_DREG, bigEndian: Self.number(register))
            data.attribute(NFTA_META_KEY, bigEndian: fact.rawValue)
        case .connectionState(let register):
            data.attribute(NFTA_CT_DREG, bigEndian: Self.number(register))
            data.attribute(NFTA_CT_KEY, bigEndian: NFT_CT_STATE.rawValue)
        case .connectionStatus(let register):
            data.attribute(NFTA_CT_DREG, bigEndian: Self.number(register))
            data.attribute(NFTA_CT_KEY, bigEndian: NFT_CT_STATUS.rawValue)
        case .destinationKind(let register):
            data.attribute(NFTA_FIB_DREG, bigEndian: Self.number(register))
            data.attribute(NFTA_FIB_RESULT, bigEndian: NFT_FIB_RESULT_ADDRTYPE.rawValue)
            data.attribute(NFTA_FIB_FLAGS, bigEndian: NFTA_FIB_F_DADDR.rawValue)
        case .mask(let register, let mask):
            data.attribute(NFTA_BITWISE_SREG, bigEndian: Self.number(register))
            data.attribute(NFTA_BITWISE_DREG, bigEndian: Self.number(register))
            data.attribute(NFTA_BITWISE_LEN, bigEndian: UInt32(mask.count))
            data.value(NFTA_BITWISE_MASK, mask)
            data.value(NFTA_BITWISE_XOR, [UInt8](repeating: 0, count: mask.count))
        case .compare(let register, let equal, let bytes):
            data.attribute(NFTA_CMP_SREG, bigEndian: Self.number(register))
            data.attribute(NFTA_CMP_OP, bigEndian: equal ? NFT_CMP_EQ.rawValue : NFT_CMP_NEQ.rawValue)
            data.value(NFTA_CMP_DATA, bytes)
        case .lookup(let set, let key, let value):
            data.attribute(Int(NFTA_LOOKUP_SET.rawValue), text: set)
            data.attribute(NFTA_LOOKUP_SREG, bigEndian: Self.number(key))
            if let value { data.attribute(NFTA_LOOKUP_DREG, bigEndian: Self.number(value)) }
        case .destination(let isIPv6, let address, let port):
            data.attribute(NFTA_NAT_TYPE, bigEndian: NFT_NAT_DNAT.rawValue)
            data.attribute(NFTA_NAT_FAMILY, bigEndian: UInt32(isIPv6 ? 10 : 2))
            data.attribute(NFTA_NAT_REG_ADDR_MIN, bigEndian: Self.number(address))
            data.attribute(NFTA_NAT_REG_PROTO_MIN, bigEndian: Self.number(port))
            // NF_NAT_RANGE_PROTO_SPECIFIED, as nft itself sends it.
            data.attribute(NFTA_NAT_FLAGS, bigEndian: UInt32(2))
        case .masquerade, .counter:
            break
        case .accept: Self.verdict(1, &data)
        case .drop: Self.verdict(0, &data)
        }
    }

    private static func verdict(_ code: UInt32, _ data: inout NetlinkBatch) {
        data.attribute(NFTA_IMMEDIATE_DREG, bigEndian: NFT_REG_VERDICT.rawValue)
        data.nest(Int(NFTA_IMMEDIATE_DATA.rawValue)) { value in
            value.nest(Int(NFTA_DATA_VERDICT.rawValue)) { $0.attribute(NFTA_VERDICT_CODE, bigEndian: code) }
        }
    }

    /// The kernel's number of the 4-byte register `index`.
    ///
    /// The first of four is named by its 16-byte alias, as nft does.
    private static func number(_ index: UInt32) -> UInt32 { index % 4 == 0 ? 1 + index / 4 : 8 + index }
}

extension NetlinkBatch {
    /// An attribute of a named kernel enumeration, with a number in network order.
    mutating func attribute<Type: RawRepresentable>(_ type: Type, bigEndian value: UInt32)
    where Type.RawValue == UInt32 {
        attribute(Int(type.rawValue), bigEndian: value)
    }

    /// Data of nftables: bytes in a nested attribute.
    mutating func value<Type: RawRepresentable>(_ type: Type, _ bytes: [UInt8]) where Type.RawValue == UInt32 {
        nest(Int(type.rawValue)) { $0.attribute(Int(NFTA_DATA_VALUE.rawValue), bytes: bytes) }
    }
}
