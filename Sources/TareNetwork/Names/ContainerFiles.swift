import TareLinux

/// The text of the three files that tell a container who it is and whom to ask.
///
/// The engine writes them beside the bundle and binds them over the image's.
public struct ContainerFiles: Sendable, Hashable {
    /// /etc/hostname.
    public var hostname: String
    /// /etc/hosts.
    public var hosts: String
    /// /etc/resolv.conf.
    public var resolver: String

    /// Writes the texts.
    ///
    /// - Parameters:
    ///   - hostname: the container's name for itself.
    ///   - attachments: its networks, the one that leads outside first.
    ///   - extraHosts: names that the user adds, with their addresses.
    ///   - hostResolver: the host's resolv.conf, whose search list and options are taken over.
    ///   - hostsFile: the host's /etc/hosts, for the network `host` only, where it is taken as it is.
    public init(
        hostname: String,
        attachments: [NetworkAttachment],
        extraHosts: [(name: String, address: IPAddress)] = [],
        hostResolver: ResolverFile = ResolverFile(at: "/etc/resolv.conf"),
        hostsFile: String? = nil
    ) {
        self.hostname = hostname + "\n"
        var lines = [
            "127.0.0.1\tlocalhost", "::1\tlocalhost ip6-localhost ip6-loopback", "fe00::\tip6-localnet",
            "ff00::\tip6-mcastprefix", "ff02::1\tip6-allnodes", "ff02::2\tip6-allrouters",
        ]
        if let hostsFile { lines = hostsFile.split(separator: "\n").map(String.init) }
        for extra in extraHosts { lines.append("\(extra.address)\t\(extra.name)") }
        for place in attachments.flatMap(\.places) { lines.append("\(place.address)\t\(hostname)") }
        hosts = lines.joined(separator: "\n") + "\n"
        var servers: [IPAddress] = []
        for server in attachments.flatMap(\.nameServers) where !servers.contains(server) { servers.append(server) }
        var text = servers.prefix(3).map { "nameserver \($0)\n" }.joined()
        if !hostResolver.search.isEmpty { text += "search \(hostResolver.search.joined(separator: " "))\n" }
        // With ndots:0 a name without a dot is asked for as it is first.
        let options = hostResolver.options.filter { !$0.hasPrefix("ndots:") } + ["ndots:0"]
        resolver = text + "options \(options.joined(separator: " "))\n"
    }
}
