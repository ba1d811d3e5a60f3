import Glibc
import TareCore
import TareLinux

/// What one command does in the host's namespace: two sockets, opened where the bridges are.
///
/// A value lives for one operation and stays on the thread that made it.
final class HostPart {
    let routes: NetlinkConnection
    let rules: NetlinkConnection

    /// Whether the bridge that was asked for has passed packets before.
    private var isBridgeOpen = false

    /// Opens the sockets in the calling thread's namespace.
    init() throws(TareError) {
        routes = try NetlinkConnection(.route)
        rules = try NetlinkConnection(.netfilter)
    }

    /// Messages and system calls so far.
    var count: NetlinkCount { routes.count + rules.count }

    /// Waits until packets pass the bridge, where its first port has just come.
    func awaitBridge(_ name: String) throws(TareError) {
        if !isBridgeOpen { try routes.awaitOperational(name) }
    }

    /// The families that a network uses.
    static func plans(_ network: Network, table: String) -> [(plan: FirewallPlan, subnet: Subnet)] {
        var plans: [(FirewallPlan, Subnet)] = []
        if let subnet = network.subnet { plans.append((FirewallPlan(table: table, isIPv6: false), subnet)) }
        if let subnet = network.subnet6 { plans.append((FirewallPlan(table: table, isIPv6: true), subnet)) }
        return plans
    }

    /// Makes what is missing of a network: table, chains, the shard's bridge with its addresses, kernel settings.
    ///
    /// - Parameters:
    ///   - network: the network.
    ///   - shard: the bridge that is needed.
    ///   - table: the store's table.
    /// - Returns: the bridge's index.
    /// - Throws: `TareError`; what was made stays for the repair.
    func ensure(_ network: Network, shard: Int, table: String) throws(TareError) -> Int32 {
        let name = network.bridge(shard)
        if let bridge = try routes.link(name), bridge.isUp {
            isBridgeOpen = bridge.isOperational
            return bridge.index
        }
        try ensureRules(network, table: table)
        return try makeBridge(network, shard, name)
    }

    /// Makes the table and the network's chains where they are missing.
    ///
    /// - Returns: whether anything was.
    @discardableResult
    func ensureRules(_ network: Network, table: String) throws(TareError) -> Bool {
        var changed = false
        for (plan, subnet) in Self.plans(network, table: table) {
            var batch = plan.empty()
            let hasTable = try rules.tables(isIPv6: plan.isIPv6).contains(table)
            if !hasTable { plan.addBase(to: &batch) }
            let chains = hasTable ? try rules.chains(of: table, isIPv6: plan.isIPv6) : []
            if !chains.contains("in-\(network.mark)") { plan.addNetwork(network, subnet, to: &batch) }
            changed = changed || !batch.isEmpty
            try rules.commit(batch)
        }
        return changed
    }

    private func makeBridge(_ network: Network, _ shard: Int, _ name: String) throws(TareError) -> Int32 {
        guard let addresses = network.plan else {
            throw TareError(.internal, subject: network.name, "cannot make a bridge: the network has no addresses")
        }
        // Half of a bridge is left by a kill between its messages.
        var make = NetlinkBatch()
        make.deleteLink(name, ifPresent: true)
        make.addBridge(name, mac: AddressPlan.mac(addresses.gateway(shard)), mtu: network.mtu)
        try routes.commit(make)
        do throws(TareError) {
            guard let bridge = try routes.link(name) else {
                throw TareError(.unavailable, subject: name, "cannot use the bridge: it has gone")
            }
            try KernelSetting.write("net/ipv4/conf/\(name)/route_localnet", "1")
            var settle = NetlinkBatch()
            settle.addAddress(addresses.gateway(shard), prefix: addresses.prefix, link: bridge.index)
            if let gateway6 = addresses.gateway6(shard) {
                settle.addAddress(gateway6, prefix: addresses.prefix6, link: bridge.index)
            }
            try routes.commit(settle)
            return bridge.index
        } catch {
            var undo = NetlinkBatch()
            undo.deleteLink(name, ifPresent: true)
            try? routes.commit(undo)
            throw error
        }
    }

    /// Removes the bridges and chains of a network.
    func remove(_ network: Network, table: String) throws(TareError) {
        let bridges = try routes.links().filter { $0.kind == "bridge" && $0.name.hasPrefix(network.linkPrefix) }
        var links = NetlinkBatch()
        for bridge in bridges { links.deleteLink(bridge.name, ifPresent: true) }
        try routes.commit(links)
        for isIPv6 in [false, true] {
            guard try rules.tables(isIPv6: isIPv6).contains(table) else { continue }
            let plan = FirewallPlan(table: table, isIPv6: isIPv6)
            guard try rules.chains(of: table, isIPv6: isIPv6).contains("in-\(network.mark)") else { continue }
            var batch = plan.empty()
            plan.removeNetwork(network, from: &batch)
            try rules.commit(batch)
        }
    }

    /// Removes the store's tables.
    func removeTables(_ table: String) throws(TareError) {
        for isIPv6 in [false, true] where try rules.tables(isIPv6: isIPv6).contains(table) {
            var batch = FirewallBatch(table: table, isIPv6: isIPv6)
            batch.deleteTable()
            try rules.commit(batch)
        }
    }

    /// Adds or removes a container's ports: one batch a family.
    func change(_ ports: [PublishedPort], of places: [NetworkAttachment.Place], table: String, adding: Bool)
        throws(TareError)
    {
        if ports.isEmpty { return }
        for place in places {
            let plan = FirewallPlan(table: table, isIPv6: place.address.isIPv6)
            let (exact, any) = plan.elements(ports, to: place.address)
            if adding {
                var batch = plan.empty()
                batch.addElements(exact, to: FirewallPlan.exact)
                batch.addElements(any, to: FirewallPlan.any)
                try rules.commit(batch)
            } else {
                try removeElements(plan, exact, any)
            }
        }
    }

    private func removeElements(
        _ plan: FirewallPlan,
        _ exact: [FirewallElement],
        _ any: [FirewallElement]
    ) throws(TareError) {
        var batch = plan.empty()
        batch.deleteElements(exact, from: FirewallPlan.exact)
        batch.deleteElements(any, from: FirewallPlan.any)
        do throws(TareError) { try rules.commit(batch) } catch {
            guard error.errno == ENOENT else { throw error }
            // Some of them are gone already: one at a time, each may be.
            for (map, elements) in [(FirewallPlan.exact, exact), (FirewallPlan.any, any)] {
                for element in elements {
                    var single = plan.empty()
                    single.deleteElements([element], from: map)
                    do throws(TareError) { try rules.commit(single) } catch {
                        if error.errno != ENOENT { throw error }
                    }
                }
            }
        }
    }
}
