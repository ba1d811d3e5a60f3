/// A service as the file has it: every field may be a swept name (`$n`).
public struct ServiceTemplate: Codable, Sendable, Hashable {
    /// The name.
    public var name: String
    /// How many: a number, `$n`, or a product such as `2*$n`.
    public var replicas: String
    /// The workload's name.
    public var workload: String
    /// The guest's name; `nil` where there is no VM side.
    public var guest: String?
    /// Memory of one instance; `nil` for the workload's default.
    public var memory: String?
    /// What one instance writes: `64MiB/h`.
    public var writes: String?
    /// When it is ready: `GET /health`, `PING`, `SELECT 1`, `output TEXT`; `nil` for the workload's own.
    public var ready: String?
    /// The longest wait for it.
    public var readyTimeout: String?
    /// Requests after the start; `nil` for none.
    public var load: LoadTemplate?

    /// Makes a template.
    public init(
        name: String,
        replicas: String = "1",
        workload: String,
        guest: String? = nil,
        memory: String? = nil,
        writes: String? = nil,
        ready: String? = nil,
        readyTimeout: String? = nil
    ) {
        self.name = name
        self.replicas = replicas
        self.workload = workload
        self.guest = guest
        self.memory = memory
        self.writes = writes
        self.ready = ready
        self.readyTimeout = readyTimeout
    }
}
