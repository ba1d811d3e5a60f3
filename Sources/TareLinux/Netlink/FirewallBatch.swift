import CTareLinux
import Glibc

/// Changes of one nftables table, carried out as a whole or not at all.
///
/// The kernel takes a batch (begin, messages, end) in one system call, checks it, and swaps the rules at once: a packet sees
/// the old rules or the new. A container's ports are elements of maps, so that adding one costs the same whether there is
/// one container or a thousand.
public struct FirewallBatch: Sendable {
    private var batch = NetlinkBatch()
    private let family: UInt8
    private let table: String
    private var sets: UInt32 = 0

    /// An empty batch.
    ///
    /// - Parameters:
    ///   - table: the table's name.
    ///   - isIPv6: the family: `ip6` or `ip`.
    public init(table: String, isIPv6: Bool = false) {
        self.table = table
        family = UInt8(isIPv6 ? AF_INET6 : AF_INET)
        batch.isTransaction = true
        mark(Int(NFNL_MSG_BATCH_BEGIN), &batch)
    }

    /// Whether it changes nothing.
    public var isEmpty: Bool { batch.count == 1 }
    /// The number of changes.
    public var count: Int { batch.count - 1 }

    /// Makes the table; one that is there stays as it is.
    public mutating func addTable() {
        change(NFT_MSG_NEWTABLE, flags: NLM_F_CREATE, "make the table", subject: table) {
            $0.attribute(Int(NFTA_TABLE_NAME.rawValue), text: $1)
        }
    }

    /// Deletes the table with everything in it.
    public mutating func deleteTable() {
        change(NFT_MSG_DELTABLE, "delete the table", subject: table) {
            $0.attribute(Int(NFTA_TABLE_NAME.rawValue), text: $1)
        }
    }

    /// Makes a chain that a hook calls.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - kind: `nat` or `filter`.
    ///   - hook: where packets pass.
    ///   - priority: the order among chains of one hook; lower is earlier.
    public mutating func addChain(_ name: String, kind: String, hook: FirewallHook, priority: Int32) {
        change(NFT_MSG_NEWCHAIN, flags: NLM_F_CREATE, "make the chain", subject: name) { message, table in
            message.attribute(Int(NFTA_CHAIN_TABLE.rawValue), text: table)
            message.attribute(Int(NFTA_CHAIN_NAME.rawValue), text: name)
            message.nest(Int(NFTA_CHAIN_HOOK.rawValue)) { place in
                place.attribute(NFTA_HOOK_HOOKNUM, bigEndian: hook.rawValue)
                place.attribute(NFTA_HOOK_PRIORITY, bigEndian: UInt32(bitPattern: priority))
            }
            message.attribute(Int(NFTA_CHAIN_TYPE.rawValue), text: kind)
        }
    }

    /// Deletes a chain and its rules.
    public mutating func deleteChain(_ name: String) {
        change(NFT_MSG_DELRULE, "delete the rules of the chain", subject: name) { message, table in
            message.attribute(Int(NFTA_RULE_TABLE.rawValue), text: table)
            message.attribute(Int(NFTA_RULE_CHAIN.rawValue), text: name)
        }
        change(NFT_MSG_DELCHAIN, "delete the chain", subject: name) { message, table in
            message.attribute(Int(NFTA_CHAIN_TABLE.rawValue), text: table)
            message.attribute(Int(NFTA_CHAIN_NAME.rawValue), text: name)
        }
    }

    /// Adds a rule at a chain's end.
    ///
    /// - Parameters:
    ///   - chain: the chain.
    ///   - comment: what it is for, which `nft list ruleset` shows; at most 120 bytes.
    ///   - expressions: its steps.
    public mutating func addRule(_ chain: String, _ comment: String, _ expressions: [FirewallExpression]) {
        change(NFT_MSG_NEWRULE, flags: NLM_F_CREATE | NLM_F_APPEND, "add the rule \"\(comment)\" to", subject: chain) {
            message, table in
            message.attribute(Int(NFTA_RULE_TABLE.rawValue), text: table)
            message.attribute(Int(NFTA_RULE_CHAIN.rawValue), text: chain)
            message.nest(Int(NFTA_RULE_EXPRESSIONS.rawValue)) { list in
                for expression in expressions {
                    list.nest(Int(NFTA_LIST_ELEM.rawValue)) { element in
                        element.attribute(Int(NFTA_EXPR_NAME.rawValue), text: expression.name)
                        element.nest(Int(NFTA_EXPR_DATA.rawValue)) { expression.encode(&$0) }
                    }
                }
            }
            let text = Array(comment.utf8.prefix(120)) + [0]
            // libnftnl's form of user data: type 0 is a comment.
            message.attribute(Int(NFTA_RULE_USERDATA.rawValue), bytes: [0, UInt8(text.count)] + text)
        }
    }

    /// Makes a map.
    public mutating func addMap(_ map: FirewallMap) {
        sets += 1
        let number = sets
        change(NFT_MSG_NEWSET, flags: NLM_F_CREATE, "make the map", subject: map.name) { message, table in
            message.attribute(Int(NFTA_SET_TABLE.rawValue), text: table)
            message.attribute(Int(NFTA_SET_NAME.rawValue), text: map.name)
            message.attribute(NFTA_SET_FLAGS, bigEndian: UInt32(NFT_SET_MAP.rawValue))
            message.attribute(NFTA_SET_KEY_TYPE, bigEndian: FirewallMap.type(map.key))
            message.attribute(NFTA_SET_KEY_LEN, bigEndian: FirewallMap.length(map.key))
            message.attribute(NFTA_SET_DATA_TYPE, bigEndian: FirewallMap.type(map.value))
            message.attribute(NFTA_SET_DATA_LEN, bigEndian: FirewallMap.length(map.value))
            message.attribute(NFTA_SET_ID, bigEndian: number)
        }
    }

    /// Adds elements to a map; an element that is there is an error.
    public mutating func addElements(_ elements: [FirewallElement], to map: String) {
        change(NFT_MSG_NEWSETELEM, elements, map, flags: NLM_F_CREATE | NLM_F_EXCL, "add elements to the map")
    }

    /// Takes elements out of a map; one that is not there is an error.
    public mutating func deleteElements(_ elements: [FirewallElement], from map: String) {
        change(NFT_MSG_DELSETELEM, elements, map, flags: 0, "take elements out of the map")
    }

    /// The batch with its end mark.
    func closed() -> NetlinkBatch {
        var whole = batch
        mark(Int(NFNL_MSG_BATCH_END), &whole)
        return whole
    }

    private mutating func change(
        _ type: nf_tables_msg_types,
        _ elements: [FirewallElement],
        _ map: String,
        flags: Int32,
        _ wanted: String
    ) {
        if elements.isEmpty { return }
        change(type, flags: flags, wanted, subject: map) { message, table in
            message.attribute(Int(NFTA_SET_ELEM_LIST_TABLE.rawValue), text: table)
            message.attribute(Int(NFTA_SET_ELEM_LIST_SET.rawValue), text: map)
            message.nest(Int(NFTA_SET_ELEM_LIST_ELEMENTS.rawValue)) { list in
                for element in elements {
                    list.nest(Int(NFTA_LIST_ELEM.rawValue)) { item in
                        item.value(NFTA_SET_ELEM_KEY, element.key)
                        if let value = element.value { item.value(NFTA_SET_ELEM_DATA, value) }
                    }
                }
            }
        }
    }

    private mutating func change(
        _ type: nf_tables_msg_types,
        flags: Int32 = 0,
        _ wanted: String,
        subject: String,
        _ body: (inout NetlinkBatch, String) -> Void
    ) {
        let header = nfgenmsg(nfgen_family: family, version: UInt8(NFNETLINK_V0), res_id: 0)
        let table = table
        batch.message(
            type: Int(NFNL_SUBSYS_NFTABLES) << 8 | Int(type.rawValue),
            flags: flags,
            wanted,
            subject: subject
        ) { message in
            message.header(header)
            body(&message, table)
        }
    }

    private func mark(_ type: Int, _ batch: inout NetlinkBatch) {
        let header = nfgenmsg(
            nfgen_family: UInt8(AF_UNSPEC),
            version: UInt8(NFNETLINK_V0),
            res_id: UInt16(NFNL_SUBSYS_NFTABLES).bigEndian
        )
        batch.message(type: type, acknowledged: false, "change nftables", subject: table) { $0.header(header) }
    }
}
