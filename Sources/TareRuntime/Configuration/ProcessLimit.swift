/// A limit that each process of a container has (setrlimit).
public struct ProcessLimit: Sendable, Hashable, Codable {
    /// The kernel's name: `RLIMIT_NOFILE`.
    public var type: String
    /// What holds now; a process may raise it up to `hard`.
    public var soft: UInt64
    /// What it may be raised to.
    public var hard: UInt64

    /// Takes the three.
    public init(type: String, soft: UInt64, hard: UInt64) {
        self.type = type
        self.soft = soft
        self.hard = hard
    }
}
