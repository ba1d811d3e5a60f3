import Glibc
import TareCore
import TareLinux

extension NetworkStore {
    /// Compares what is recorded with what the kernel has, and makes them the same.
    ///
    /// An attachment that a killed command left half made or half removed goes, with all of its parts; so does a reservation,
    /// a link, a namespace or a map's element that no record describes. Rules that somebody flushed come back, and a helper
    /// that died is started again. It waits for commands that are running, and they for it.
    ///
    /// - Returns: what was done.
    /// - Throws: `TareError` where the kernel refuses; what was done until then stays done.
    /// - Complexity: O(attachments + links + elements).
    @discardableResult
    public func repair() throws(TareError) -> RepairReport {
        let work = try FileLock(path("work.lock"), exclusive: true, waiting: true)
        defer { withExtendedLifetime(work) {} }
        return try inHost { () throws(TareError) in
            var report = RepairReport()
            let host = try HostPart()
            try dropUnreadable(&report)
            let links = Set(try host.routes.links().map(\.name))
            for attachment in try attachments() {
                let hasNamespace = attachment.namespace.map(NetworkNamespace.isPinned) ?? true
                let hasLink = attachment.hostLink.map(links.contains) ?? true
                if attachment.isComplete, hasNamespace, hasLink { continue }
                try undo(attachment, host)
                report.removed.append("attachment of \(attachment.container) to \(attachment.network)")
            }
            let kept = try attachments()
            try dropReservations(kept, &report)
            try dropKernelParts(kept, host, &report)
            try restoreRules(kept, host, &report)
            try restoreHelpers(kept, &report)
            return report
        }
    }

    private func dropUnreadable(_ report: inout RepairReport) throws(TareError) {
        for container in Self.names(in: path("attachments")) {
            for network in Self.names(in: path("attachments", container)) {
                let file = path("attachments", container, network)
                if (try? Self.decode(NetworkAttachment.self, at: file)) != nil { continue }
                try Self.drop(file)
                report.removed.append("unreadable record of \(container) in \(network)")
            }
            // Fails, as it should, where records are left.
            _ = rmdir(path("attachments", container))
        }
    }

    private func dropReservations(_ kept: [NetworkAttachment], _ report: inout RepairReport) throws(TareError) {
        let addresses = Set(kept.compactMap { attachment in attachment.address.map { "\(attachment.network)/\($0)" } })
        for network in Self.names(in: path("addresses")) {
            for address in Self.names(in: path("addresses", network)) where !addresses.contains("\(network)/\(address)")
            {
                try Self.drop(path("addresses", network, address))
                report.removed.append("reservation of \(address)")
            }
        }
        let ports = Set(kept.flatMap(\.ports).map { "\($0.transport.rawValue)/\($0.hostPort)/\($0.hostAddress)" })
        for transport in Self.names(in: path("ports")) {
            for port in Self.names(in: path("ports", transport)) {
                for address in Self.names(in: path("ports", transport, port))
                where !ports.contains("\(transport)/\(port)/\(address)") {
                    try Self.drop(path("ports", transport, port, address))
                    report.removed.append("reservation of port \(port)/\(transport) at \(address)")
                }
                _ = rmdir(path("ports", transport, port))
            }
        }
    }

    private func dropKernelParts(
        _ kept: [NetworkAttachment],
        _ host: HostPart,
        _ report: inout RepairReport
    ) throws(TareError) {
        let containers = Set(kept.filter { $0.namespace != nil }.map(\.container))
        for container in Self.names(in: path("netns")) where !containers.contains(container) {
            try NetworkNamespace.remove(at: path("netns", container))
            report.removed.append("network namespace of \(container)")
        }
        let networks = try list().filter { $0.kind == .bridge }
        let links = try host.routes.links()
        let bridges = Set(
            links.filter { link in
                link.kind == "bridge" && networks.contains { link.name.hasPrefix($0.linkPrefix) }
            }.map(\.index)
        )
        let known = Set(kept.compactMap(\.hostLink))
        var batch = NetlinkBatch()
        for link in links where link.name.hasPrefix("tarev") && !known.contains(link.name) {
            guard let bridge = link.bridge, bridges.contains(bridge) else { continue }
            batch.deleteLink(link.name, ifPresent: true)
            report.removed.append("link \(link.name)")
        }
        try host.routes.commit(batch)
        let used = Set(kept.map(\.network))
        for network in networks where !used.contains(network.name) {
            let count = report.removed.count
            if links.contains(where: { $0.name.hasPrefix(network.linkPrefix) }) {
                report.removed.append("bridges of \(network.name)")
            }
            try host.remove(network, table: table)
            if FileReading.exists(helper(of: network).socketPath) || report.removed.count > count {
                try withdraw("", from: network, isLast: true)
            }
        }
        if !kept.contains(where: { $0.hostLink != nil }) {
            try host.removeTables(table)
            try stopForwarding()
        }
    }

    private func restoreRules(
        _ kept: [NetworkAttachment],
        _ host: HostPart,
        _ report: inout RepairReport
    ) throws(TareError) {
        for network in try list() where kept.contains(where: { $0.network == network.name && $0.hostLink != nil }) {
            if try host.ensureRules(network, table: table) { report.restored.append("rules of \(network.name)") }
        }
        let isUsed = kept.contains { $0.hostLink != nil }
        if isUsed {
            let isIPv6 = kept.contains { $0.address6 != nil }
            try startForwarding(isIPv6: isIPv6)
        }
        for isIPv6 in [false, true] {
            guard isUsed, try host.rules.tables(isIPv6: isIPv6).contains(table) else { continue }
            let plan = FirewallPlan(table: table, isIPv6: isIPv6)
            var exact: [FirewallElement] = []
            var any: [FirewallElement] = []
            for attachment in kept {
                for place in attachment.places where place.address.isIPv6 == isIPv6 {
                    let elements = plan.elements(attachment.ports, to: place.address)
                    exact += elements.exact
                    any += elements.any
                }
            }
            try restore(FirewallPlan.exact, exact, plan, host, &report)
            try restore(FirewallPlan.any, any, plan, host, &report)
        }
    }

    private func restore(
        _ map: String,
        _ wanted: [FirewallElement],
        _ plan: FirewallPlan,
        _ host: HostPart,
        _ report: inout RepairReport
    ) throws(TareError) {
        let present = Set(try host.rules.elements(of: map, table: plan.table, isIPv6: plan.isIPv6).map(\.key))
        let keys = Set(wanted.map(\.key))
        let missing = wanted.filter { !present.contains($0.key) }
        let extra = present.subtracting(keys).map { FirewallElement(key: $0) }
        var batch = plan.empty()
        batch.deleteElements(extra, from: map)
        batch.addElements(missing, to: map)
        try host.rules.commit(batch)
        if !missing.isEmpty { report.restored.append("\(missing.count) published ports") }
        if !extra.isEmpty { report.removed.append("\(extra.count) published ports of nobody") }
    }

    private func restoreHelpers(_ kept: [NetworkAttachment], _ report: inout RepairReport) throws(TareError) {
        guard let program = settings.helper else { return }
        for network in try list() {
            let users = kept.filter { $0.network == network.name }
            guard let plan = network.plan, let first = users.first else { continue }
            if try helper(of: network).send("listen \(plan.gateway(first.shard))") != nil { continue }
            let lock = try reserving()
            defer { withExtendedLifetime(lock) {} }
            try announceLocked([first], in: network, plan, program)
            report.restored.append("names of \(network.name)")
        }
    }
}
