import TareCore
import TareLinux
import TareNetwork

/// The three files of /etc that tell a container where it is.
struct NetworkFiles {
    let record: ContainerRecord
    let attachment: Attachment
    let networks: NetworkStore

    /// Writes them into the container's folder; they are mounted from there.
    func write(to folder: ContainerFolder) throws(TareError) {
        let name = record.options.hostName ?? record.id.short
        try AtomicFile.write(folder.hostName, text: name + "\n")
        try AtomicFile.write(folder.hosts, text: try hosts(name))
        try AtomicFile.write(folder.nameServers, text: resolver())
    }

    private func hosts(_ name: String) throws(TareError) -> String {
        var lines = ["127.0.0.1\tlocalhost", "::1\tlocalhost ip6-localhost ip6-loopback"]
        for place in attachment.places { lines.append("\(place.address)\t\(name)") }
        for extra in record.options.extraHosts {
            guard let colon = extra.firstIndex(of: ":"),
                let address = IPAddress(String(extra[extra.index(after: colon)...]))
            else {
                throw TareError(.usage, subject: "--add-host \(extra)", "not a host", hint: "write name:address")
            }
            lines.append("\(address)\t\(extra[..<colon])")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func resolver() -> String {
        let own = ResolverFile(at: networks.settings.resolverFile)
        var lines: [String] = []
        let servers = record.options.nameServers.isEmpty
            ? attachment.nameServers.map(\.description) : record.options.nameServers
        for server in servers { lines.append("nameserver \(server)") }
        if !own.search.isEmpty { lines.append("search " + own.search.joined(separator: " ")) }
        if !own.options.isEmpty { lines.append("options " + own.options.joined(separator: " ")) }
        return lines.joined(separator: "\n") + "\n"
    }
}
