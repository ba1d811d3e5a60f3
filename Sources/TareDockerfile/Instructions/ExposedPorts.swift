/// Ports as `EXPOSE` names them: `80`, `80/udp`, `8000-8010/tcp`.
public struct ExposedPorts: Hashable, Sendable {
    /// The ports.
    public var ports: ClosedRange<Int>
    /// `tcp`, `udp` or `sctp`.
    public var proto: String

    /// Reads one word; an address or a host's port in front is ignored, as Docker does.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        proto = parts.count == 2 ? parts[1].lowercased() : "tcp"
        guard ["tcp", "udp", "sctp"].contains(proto), let part = parts.first else { return nil }
        let port = part.split(separator: ":", omittingEmptySubsequences: false).last ?? part
        let ends = port.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { Int($0) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last else { return nil }
        guard first >= 1, last <= 65535 else { return nil }
        ports = first...last
    }

    /// As an image's configuration names each: `80/tcp`.
    public var names: [String] { ports.map { "\($0)/\(proto)" } }
}
