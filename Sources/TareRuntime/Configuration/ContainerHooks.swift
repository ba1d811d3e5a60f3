/// Programs of the host that run at stages of a container's life; each gets the container's state on standard input.
public struct ContainerHooks: Sendable, Hashable, Codable {
    /// One program.
    public struct Hook: Sendable, Hashable, Codable {
        /// Its absolute path on the host.
        public var path: String
        /// All arguments, its own name first.
        public var args: [String]
        /// `NAME=value` each.
        public var env: [String]?
        /// Seconds after which it is ended.
        public var timeout: Int?

        /// Takes all of it.
        public init(path: String, args: [String], env: [String]? = nil, timeout: Int? = nil) {
            self.path = path
            self.args = args
            self.env = env
            self.timeout = timeout
        }
    }

    /// When the namespaces are there, before the root is entered, in the namespaces of the runtime.
    public var createRuntime: [Hook] = []
    /// The same moment, in the namespaces of the container.
    public var createContainer: [Hook] = []
    /// Before the program is started, in the container.
    public var startContainer: [Hook] = []
    /// When the program has been started, in the namespaces of the runtime.
    public var poststart: [Hook] = []
    /// When the container has been deleted, in the namespaces of the runtime.
    public var poststop: [Hook] = []

    /// None.
    public init() {}
}
