import TareCore
import TareLinux

/// A port that is to be published, as a user writes it.
///
/// | text | meaning |
/// |---|---|
/// | `80` | container port 80 at a free port of every address |
/// | `8080:80` | port 8080 of every address |
/// | `127.0.0.1:8080:80` | port 8080 of this address |
/// | `127.0.0.1::80` | a free port of this address |
/// | `[::1]:8080:80` | the same with IPv6 |
/// | `8000-8009:80-89/udp` | ten ports, one to one |
public struct PortRequest: Sendable, Hashable {
    /// The host's address; `nil` for all.
    public var hostAddress: IPAddress?
    /// The host's port; `nil` for a free one.
    public var hostPort: UInt16?
    /// The container's port.
    public var containerPort: UInt16
    /// TCP or UDP.
    public var transport: TransportProtocol

    /// A request by its parts.
    public init(
        hostAddress: IPAddress? = nil,
        hostPort: UInt16? = nil,
        containerPort: UInt16,
        transport: TransportProtocol = .tcp
    ) {
        self.hostAddress = hostAddress
        self.hostPort = hostPort
        self.containerPort = containerPort
        self.transport = transport
    }

    /// The requests that a text means; a range is several.
    ///
    /// - Parameter text: as in the table above.
    /// - Returns: one request a port, in order.
    /// - Throws: `usage` with what is wrong.
    public static func parse(_ text: String) throws(TareError) -> [PortRequest] {
        var rest = text[...]
        var transport = TransportProtocol.tcp
        if let slash = rest.lastIndex(of: "/") {
            let word = String(rest[rest.index(after: slash)...])
            guard let known = TransportProtocol(rawValue: word.lowercased()) else {
                throw refusal(text, "\"\(word)\" is neither tcp nor udp")
            }
            transport = known
            rest = rest[..<slash]
        }
        var address: IPAddress?
        var hasAddress = false
        if rest.first == "[" {
            guard let close = rest.firstIndex(of: "]") else { throw refusal(text, "a \"]\" is missing") }
            let word = String(rest[rest.index(after: rest.startIndex)..<close])
            guard let read = IPAddress(word), read.isIPv6 else { throw refusal(text, "\"\(word)\" is no IPv6 address") }
            rest = rest[rest.index(after: close)...]
            guard rest.first == ":" else { throw refusal(text, "a port is missing after the address") }
            rest = rest.dropFirst()
            address = read
            hasAddress = true
        }
        var parts = rest.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        if !hasAddress, parts.count == 3 {
            let word = parts.removeFirst()
            guard let read = IPAddress(word) else {
                throw refusal(text, "\"\(word)\" is no address of the host; names are not looked up")
            }
            address = read
            hasAddress = true
        }
        guard parts.count <= 2, let inside = parts.last, !hasAddress || parts.count == 2 else {
            throw refusal(text, hasAddress ? "host port and container port are wanted" : "it has too many parts")
        }
        let containers = try range(inside, in: text)
        let hostWord = parts.count == 2 ? parts[0] : ""
        let hosts = hostWord.isEmpty ? nil : try range(hostWord, in: text)
        if let hosts, hosts.count != containers.count {
            throw refusal(text, "\(hosts.count) ports of the host for \(containers.count) of the container")
        }
        return containers.enumerated().map { place, port in
            PortRequest(
                hostAddress: address,
                hostPort: hosts.map { $0.lowerBound + UInt16(place) },
                containerPort: port,
                transport: transport
            )
        }
    }

    private static func range(_ word: String, in text: String) throws(TareError) -> ClosedRange<UInt16> {
        let ends = word.split(separator: "-", omittingEmptySubsequences: false).map { UInt16($0) }
        guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1], first > 0 else {
            throw refusal(text, "\"\(word)\" is no port: 1 to 65535, or a range as 8000-8009")
        }
        guard first <= last else { throw refusal(text, "the range \(word) is backwards") }
        return first...last
    }

    private static func refusal(_ text: String, _ what: String) -> TareError {
        TareError(
            .usage,
            subject: text,
            "cannot publish the port: \(what)",
            hint: "write [ADDRESS:][HOST-PORT:]CONTAINER-PORT[/udp], as 127.0.0.1:8080:80"
        )
    }
}
