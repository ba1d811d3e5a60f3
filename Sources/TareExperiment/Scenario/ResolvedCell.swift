import TareCatalog
import TareCore

/// One cell with every swept name replaced: all that a runner needs.
public struct ResolvedCell: Codable, Sendable, Hashable {
    /// The cell.
    public var cell: Cell
    /// The host.
    public var host: HostChoice
    /// The VM side.
    public var vm: VMPlatform?
    /// The container side.
    public var container: ContainerPlatform?
    /// The services.
    public var services: [ResolvedService]

    /// Makes a resolved cell.
    public init(
        cell: Cell,
        host: HostChoice,
        vm: VMPlatform?,
        container: ContainerPlatform?,
        services: [ResolvedService]
    ) {
        self.cell = cell
        self.host = host
        self.vm = vm
        self.container = container
        self.services = services
    }

    /// Instances of all services.
    public var instances: Int { services.reduce(0) { $0 + $1.replicas } }
}

/// One service of a cell.
public struct ResolvedService: Codable, Sendable, Hashable {
    /// The name.
    public var name: String
    /// How many.
    public var replicas: Int
    /// The workload's name in the scenario.
    public var workload: String
    /// The workload's content.
    public var content: WorkloadContent
    /// Application data beyond the content.
    public var payload: ByteCount
    /// The guest's name in the scenario; empty where there is no VM side.
    public var guestName: String
    /// The guest; `nil` where there is no VM side.
    public var guest: GuestSystem?
    /// Memory of one instance; `nil` for the workload's default.
    public var memory: ByteCount?
    /// What one instance writes, in bytes per second.
    public var writesBytesPerSecond: Double
    /// When it is ready; `nil` for the workload's own.
    public var ready: Readiness?
    /// The longest wait for it, in seconds.
    public var readyTimeoutSeconds: Double
    /// Requests after the start; `nil` for none.
    public var load: LoadNumbers?

    /// Makes a service.
    public init(
        name: String,
        replicas: Int,
        workload: String,
        content: WorkloadContent,
        payload: ByteCount = .zero,
        guestName: String = "",
        guest: GuestSystem? = nil,
        memory: ByteCount? = nil,
        writesBytesPerSecond: Double = 0,
        ready: Readiness? = nil,
        readyTimeoutSeconds: Double = 30
    ) {
        self.name = name
        self.replicas = replicas
        self.workload = workload
        self.content = content
        self.payload = payload
        self.guestName = guestName
        self.guest = guest
        self.memory = memory
        self.writesBytesPerSecond = writesBytesPerSecond
        self.ready = ready
        self.readyTimeoutSeconds = readyTimeoutSeconds
    }
}
