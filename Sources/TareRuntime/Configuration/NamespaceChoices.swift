/// Which namespaces are a container's own.
public struct NamespaceChoices: Sendable, Hashable {
    /// One namespace's choice.
    public enum Choice: Sendable, Hashable {
        /// A new one.
        case own
        /// The host's.
        case host
        /// The one behind a path: `/run/netns/web`, `/proc/42/ns/net`.
        case path(String)
    }

    /// Links, addresses, ports.
    public var network = Choice.own
    /// Processes.
    public var processes = Choice.own
    /// Shared memory, semaphores, message queues.
    public var ipc = Choice.own
    /// The host name.
    public var hostName = Choice.own
    /// The view of control groups.
    public var cgroup = Choice.own
    /// User and group numbers; `nil` is the host's.
    public var identities: IdentityMaps?

    /// All are own but the identities.
    public init() {}
}

/// How a container's user and group numbers stand for those of the host.
public struct IdentityMaps: Sendable, Hashable, Codable {
    /// A run of numbers.
    public struct Range: Sendable, Hashable, Codable {
        /// The first number in the container.
        public var containerID: UInt32
        /// The number of the host that it stands for.
        public var hostID: UInt32
        /// How many.
        public var size: UInt32

        /// Takes the three.
        public init(containerID: UInt32, hostID: UInt32, size: UInt32) {
            self.containerID = containerID
            self.hostID = hostID
            self.size = size
        }
    }

    /// Users.
    public var users: [Range]
    /// Groups.
    public var groups: [Range]

    /// Takes both maps.
    public init(users: [Range], groups: [Range]) {
        self.users = users
        self.groups = groups
    }
}
