import TareCore
import TareLinux
import TareRuntime

/// What a user can ask of a container, beside its image and command: the flags of `tare container run`.
public struct ContainerOptions: Sendable, Hashable, Codable {
    /// Its name; made up where there is none.
    public var name: String?
    /// `NAME=value` each, on top of the image's.
    public var environment: [String] = []
    /// Replaces the image's entry point; an empty one takes it away.
    public var entrypoint: [String]?
    /// Replaces the image's user.
    public var user: String?
    /// Further groups by name or number.
    public var additionalGroups: [String] = []
    /// Replaces the image's working folder.
    public var workingFolder: String?
    /// The name of the machine that it sees; the short id where there is none.
    public var hostName: String?
    /// Labels on top of the image's.
    public var labels: [String: String] = [:]
    /// Volumes, binds and memory.
    public var mounts: [VolumeMount] = []
    /// Published ports as the user wrote them.
    public var ports: [String] = []
    /// Ports exposed on top of the image's: `80/tcp`.
    public var exposed: [String] = []
    /// Whether all exposed ports are published at free ones.
    public var publishesAll = false
    /// The network: `bridge` (the default one), `none`, `host`, or a network's name.
    public var network = "bridge"
    /// Further names of the container in its network.
    public var aliases: [String] = []
    /// `name:address` lines for /etc/hosts.
    public var extraHosts: [String] = []
    /// Name servers instead of the network's own.
    public var nameServers: [String] = []
    /// Limits of the whole container.
    public var limits = CgroupLimits()
    /// Limits of its processes: `nofile=1024:2048`.
    public var processLimits: [String] = []
    /// Capabilities on top of the standard ones; `ALL` is all.
    public var addedCapabilities: [String] = []
    /// Capabilities taken from the standard ones; `ALL` is all.
    public var droppedCapabilities: [String] = []
    /// Whether it gets all that the host can give.
    public var isPrivileged = false
    /// `seccomp=unconfined`, `no-new-privileges`.
    public var securityOptions: [String] = []
    /// Whether its root cannot be written.
    public var isReadOnly = false
    /// Bytes of /dev/shm.
    public var sharedMemory: ByteCount?
    /// Device nodes of the host: `/dev/fuse`.
    public var devices: [String] = []
    /// Kernel settings of its namespaces.
    public var kernelSettings: [String: String] = [:]
    /// Whether its processes see the host's.
    public var sharesProcesses = false
    /// Whether it has a terminal.
    public var hasTerminal = false
    /// Whether its standard input stays open.
    public var hasInput = false
    /// Whether it is removed when it ends.
    public var removesItself = false
    /// Whether it is started again.
    public var restart = RestartPolicy.never
    /// Replaces the image's health check; `nil` leaves it.
    public var health: HealthCheck?
    /// Whether the image's health check is left out.
    public var ignoresHealth = false
    /// The signal that asks it to stop, by name or number; the image's, or SIGTERM.
    public var stopSignal: String?
    /// Seconds between that signal and SIGKILL.
    public var stopTimeout: Double = 10
    /// Whether a small init is its first process.
    public var hasInit = false
    /// The longest log file in bytes before it is rotated.
    public var logSize: ByteCount?
    /// How many log files are kept.
    public var logFiles = 1
    /// Whether there is no log at all.
    public var hasNoLog = false
    /// Whether its writable layer may be lost when the machine crashes, for quicker starts and ends.
    public var isVolatile = false
    /// How willingly the kernel ends it when memory is short.
    public var oomScore: Int?

    /// All defaults.
    public init() {}
}
