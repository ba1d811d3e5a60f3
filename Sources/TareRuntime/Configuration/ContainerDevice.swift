/// A device node of a container, and what may be done with it.
public struct ContainerDevice: Sendable, Hashable, Codable {
    /// Its path in the container.
    public var path: String
    /// `c` or `b`.
    public var type: String
    /// The major number.
    public var major: Int64
    /// The minor number.
    public var minor: Int64
    /// Permission bits of the node.
    public var mode: UInt32
    /// Any of `r`, `w` and `m`: read, write, make nodes.
    public var access: String

    /// Takes all of it.
    public init(path: String, type: String, major: Int64, minor: Int64, mode: UInt32 = 0o666, access: String = "rwm") {
        self.path = path
        self.type = type
        self.major = major
        self.minor = minor
        self.mode = mode
        self.access = access
    }
}
