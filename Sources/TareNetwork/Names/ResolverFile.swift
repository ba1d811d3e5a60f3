import TareLinux

/// What a resolv.conf says (resolv.conf(5)): servers, search list, options.
public struct ResolverFile: Sendable, Hashable {
    /// The first three name servers, as the C library takes them.
    public var servers: [IPAddress] = []
    /// The last search list.
    public var search: [String] = []
    /// Every option.
    public var options: [String] = []

    /// Reads the file at `path`; one that cannot be read says nothing.
    public init(at path: String) {
        let text = (try? FileReading.text(at: path, limit: 1 << 20)) ?? ""
        self.init(text)
    }

    /// Reads a text; what is not known is passed over.
    public init(_ text: String) {
        for line in text.split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            guard let first = words.first else { continue }
            switch first {
            case "nameserver":
                guard words.count > 1, servers.count < 3 else { continue }
                // A link-local address may have a zone behind a percent sign; it means nothing in another namespace.
                if let address = IPAddress(words[1]) { servers.append(address) }
            case "search", "domain": search = Array(words.dropFirst())
            case "options": options += words.dropFirst()
            default: continue
            }
        }
    }
}
