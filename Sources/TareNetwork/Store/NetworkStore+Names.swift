import Glibc
import TareCore
import TareLinux

/// Names of containers, and ports at the IPv6 loopback: what the network's helper does.
extension NetworkStore {
    func helper(of network: Network) -> NameHelper { NameHelper(folder: path("names"), mark: network.mark) }

    /// What a container's resolv.conf names: its gateway where a helper answers there, otherwise the host's servers, without
    /// those on its loopback, which a container does not reach.
    func nameServers(_ network: Network, shard: Int) -> [IPAddress] {
        if settings.helper != nil, let plan = network.plan { return [plan.gateway(shard)] }
        return ResolverFile(at: settings.resolverFile).servers.filter { !$0.isLoopback }
    }

    /// Tells the helper of a container; starts it where it is not running, with all that are attached.
    func announce(_ attachment: NetworkAttachment, in network: Network) throws(TareError) {
        guard let program = settings.helper, let plan = network.plan else { return }
        let lock = try reserving()
        defer { withExtendedLifetime(lock) {} }
        try announceLocked([attachment], in: network, plan, program)
    }

    func announceLocked(
        _ announced: [NetworkAttachment],
        in network: Network,
        _ plan: AddressPlan,
        _ program: String
    ) throws(TareError) {
        let helper = helper(of: network)
        var messages = announced.map { Self.message($0, plan) }
        if let first = messages.first, try helper.send(first) != nil {
            for message in messages.dropFirst() { _ = try helper.send(message) }
            return
        }
        try helper.start(program)
        let all = try attachments().filter { $0.network == network.name && $0.isComplete }
        messages = all.map { Self.message($0, plan) }
        let servers = ResolverFile(at: settings.resolverFile).servers
        if !servers.isEmpty {
            _ = try helper.send(servers.map { "upstream \($0)" }.joined(separator: "\n"))
        }
        for message in messages { _ = try helper.send(message) }
    }

    /// Lets the helper forget a container, and ends it with the last.
    func withdraw(_ container: String, from network: Network, isLast: Bool) throws(TareError) {
        let helper = helper(of: network)
        guard FileReading.exists(helper.socketPath) else { return }
        _ = try helper.send(isLast ? "stop" : "remove \(container)")
        // The process removes its socket itself; one that was killed has not.
        if isLast { try Self.drop(helper.socketPath) }
    }

    private static func message(_ attachment: NetworkAttachment, _ plan: AddressPlan) -> String {
        var lines = ["listen \(plan.gateway(attachment.shard))", "add \(attachment.container)"]
        var names = [attachment.container]
        // As with other engines, the first 12 digits of an id are a name too.
        if attachment.container.utf8.count > 12 { names.append(String(attachment.container.prefix(12))) }
        for alias in attachment.aliases where !names.contains(alias) { names.append(alias) }
        lines += names.map { "name \($0)" }
        lines += attachment.places.map { "address \($0.address)" }
        guard let address = attachment.address else { return lines.joined(separator: "\n") }
        for port in attachment.ports
        where port.hostAddress.isIPv6 && (port.hostAddress.isLoopback || port.hostAddress.isAny) {
            lines.append("forward \(port.transport.rawValue) ::1 \(port.hostPort) \(address) \(port.containerPort)")
        }
        return lines.joined(separator: "\n")
    }
}
