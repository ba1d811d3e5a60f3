/// The end of a veth pair that is made in another namespace.
public struct PeerLink: Sendable, Hashable {
    /// Its name there.
    public var name: String
    /// Its hardware address, 6 bytes.
    public var mac: [UInt8]
    /// Bytes; `nil` for the kernel's 1500.
    public var mtu: UInt32?
    /// The descriptor of the namespace.
    public var namespace: Int32

    /// An end by its parts.
    public init(name: String, mac: [UInt8], mtu: UInt32? = nil, namespace: Int32) {
        self.name = name
        self.mac = mac
        self.mtu = mtu
        self.namespace = namespace
    }
}
