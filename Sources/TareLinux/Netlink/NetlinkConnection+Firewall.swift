import CTareLinux
import Glibc
import TareCore

extension NetlinkConnection {
    /// Carries a batch of nftables changes out, as a whole or not at all.
    ///
    /// - Parameter batch: the changes; an empty one costs nothing.
    /// - Throws: the first error, in the kernel's words; then nothing has changed.
    public func commit(_ batch: FirewallBatch) throws(TareError) {
        if !batch.isEmpty { try commit(batch.closed()) }
    }

    /// The names of all tables of a family.
    public func tables(isIPv6: Bool = false) throws(TareError) -> [String] {
        let header = nfgenmsg(
            nfgen_family: UInt8(isIPv6 ? AF_INET6 : AF_INET),
            version: UInt8(NFNETLINK_V0),
            res_id: 0
        )
        var request = NetlinkBatch()
        request.message(
            type: Int(NFNL_SUBSYS_NFTABLES) << 8 | Int(NFT_MSG_GETTABLE.rawValue),
            flags: NLM_F_DUMP,
            "list the tables",
            subject: "nftables"
        ) { $0.header(header) }
        return try ask(request).compactMap { $0.attributes(after: 4).text(Int(NFTA_TABLE_NAME.rawValue)) }
    }

    /// The names of all chains of a table.
    public func chains(of table: String, isIPv6: Bool = false) throws(TareError) -> [String] {
        let header = nfgenmsg(
            nfgen_family: UInt8(isIPv6 ? AF_INET6 : AF_INET),
            version: UInt8(NFNETLINK_V0),
            res_id: 0
        )
        var request = NetlinkBatch()
        request.message(
            type: Int(NFNL_SUBSYS_NFTABLES) << 8 | Int(NFT_MSG_GETCHAIN.rawValue),
            flags: NLM_F_DUMP,
            "list the chains",
            subject: table
        ) { $0.header(header) }
        // Older kernels list every table's chains, whatever the request names.
        return try ask(request).compactMap { reply in
            let attributes = reply.attributes(after: 4)
            guard attributes.text(Int(NFTA_CHAIN_TABLE.rawValue)) == table else { return nil }
            return attributes.text(Int(NFTA_CHAIN_NAME.rawValue))
        }
    }

    /// Every element of a map.
    ///
    /// - Parameters:
    ///   - map: the map's name.
    ///   - table: the table's name.
    ///   - isIPv6: the table's family.
    /// - Returns: keys and values.
    /// - Throws: `notFound` where there is no such map.
    public func elements(of map: String, table: String, isIPv6: Bool = false) throws(TareError) -> [FirewallElement] {
        let header = nfgenmsg(
            nfgen_family: UInt8(isIPv6 ? AF_INET6 : AF_INET),
            version: UInt8(NFNETLINK_V0),
            res_id: 0
        )
        var request = NetlinkBatch()
        request.message(
            type: Int(NFNL_SUBSYS_NFTABLES) << 8 | Int(NFT_MSG_GETSETELEM.rawValue),
            flags: NLM_F_DUMP,
            "list the map",
            subject: map
        ) { message in
            message.header(header)
            message.attribute(Int(NFTA_SET_ELEM_LIST_TABLE.rawValue), text: table)
            message.attribute(Int(NFTA_SET_ELEM_LIST_SET.rawValue), text: map)
        }
        var found: [FirewallElement] = []
        for reply in try ask(request) {
            for item in reply.attributes(after: 4).nested(Int(NFTA_SET_ELEM_LIST_ELEMENTS.rawValue)).all {
                let parts = NetlinkAttributes(item.value)
                let data = Int(NFTA_DATA_VALUE.rawValue)
                guard let key = parts.nested(Int(NFTA_SET_ELEM_KEY.rawValue)).bytes(data) else { continue }
                let value = parts.nested(Int(NFTA_SET_ELEM_DATA.rawValue)).bytes(data)
                found.append(FirewallElement(key: Array(key), value: value.map(Array.init)))
            }
        }
        return found
    }
}
