import TareCore
import TareLinux

/// Everything that a container is given: the one description from which a bundle is written.
///
/// What is not set is as closed as docker's defaults: own namespaces, the default seccomp profile, 14 capabilities, masked
/// and read-only paths, no new privileges left to the caller.
///
///     var configuration = ContainerConfiguration(root: "/images/web/root", arguments: ["/bin/nginx"])
///     configuration.limits.memory = .mebibytes(256)
public struct ContainerConfiguration: Sendable, Hashable {
    /// The folder that becomes `/`.
    public var root: String
    /// Whether `/` cannot be written.
    public var isRootReadOnly = false
    /// The program and its arguments.
    public var arguments: [String]
    /// `NAME=value` each.
    public var environment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
    /// The folder that the program starts in.
    public var workingFolder = "/"
    /// Who it runs as.
    public var user = ContainerUser()
    /// The name of the machine that it sees; `nil` where the UTS namespace is the host's.
    public var hostName: String? = "tare"
    /// What it may do beyond an ordinary user.
    public var capabilities = CapabilityChoice.standard
    /// What is mounted, in this order, beside the standard mounts.
    public var mounts: [ContainerMount] = []
    /// The size of `/dev/shm`.
    public var sharedMemory = ByteCount.mebibytes(64)
    /// Whether the standard mounts (/proc, /dev, /sys and what is below them) are made.
    public var hasStandardMounts = true
    /// Paths that show nothing.
    public var maskedPaths = StandardPaths.masked
    /// Paths that cannot be written.
    public var readOnlyPaths = StandardPaths.readOnly
    /// Limits of processes.
    public var processLimits: [ProcessLimit] = []
    /// Limits of the whole container.
    public var limits = CgroupLimits()
    /// Device nodes beside the standard ones; each may be used as it says.
    public var devices: [ContainerDevice] = []
    /// Which namespaces are its own.
    public var namespaces = NamespaceChoices()
    /// Whether a set-uid program gains nothing.
    public var hasNoNewPrivileges = true
    /// Which system calls it may make.
    public var seccomp = SeccompChoice.standard
    /// Kernel settings of its own namespaces, as `net.core.somaxconn`.
    public var kernelSettings: [String: String] = [:]
    /// Words that the runtime keeps with the container.
    public var annotations: [String: String] = [:]
    /// Programs of the host that run at stages of its life.
    public var hooks = ContainerHooks()
    /// Whether standard input, output and error are one terminal.
    public var hasTerminal = false
    /// How willingly the kernel ends it when memory is short, -1000 to 1000.
    public var oomScore: Int?

    /// A container with all defaults.
    ///
    /// - Parameters:
    ///   - root: the folder that becomes `/`.
    ///   - arguments: the program and its arguments; not empty.
    public init(root: String, arguments: [String]) {
        self.root = root
        self.arguments = arguments
    }
}
