import TareLinux

/// A port of the host that leads to a container.
public struct PublishedPort: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The host's address; `0.0.0.0` for all.
    public var hostAddress: IPAddress
    /// The host's port.
    public var hostPort: UInt16
    /// The container's port.
    public var containerPort: UInt16
    /// TCP or UDP.
    public var transport: TransportProtocol

    /// A port by its parts.
    public init(hostAddress: IPAddress, hostPort: UInt16, containerPort: UInt16, transport: TransportProtocol = .tcp) {
        self.hostAddress = hostAddress
        self.hostPort = hostPort
        self.containerPort = containerPort
        self.transport = transport
    }

    /// `127.0.0.1:8080`, `[::1]:8080`.
    public var hostText: String { hostAddress.isIPv6 ? "[\(hostAddress)]:\(hostPort)" : "\(hostAddress):\(hostPort)" }

    /// `127.0.0.1:8080->80/tcp`.
    public var description: String { "\(hostText)->\(containerPort)/\(transport.rawValue)" }
}
