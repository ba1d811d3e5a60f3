/// A further process in a running container.
public struct ExecConfiguration: Sendable, Hashable {
    /// The program and its arguments.
    public var arguments: [String]
    /// `NAME=value` each.
    public var environment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
    /// The folder that it starts in.
    public var workingFolder = "/"
    /// Who it runs as.
    public var user = ContainerUser()
    /// What it may do beyond an ordinary user.
    public var capabilities = CapabilityChoice.standard
    /// Limits of the process.
    public var processLimits: [ProcessLimit] = []
    /// Whether a set-uid program gains nothing.
    public var hasNoNewPrivileges = true
    /// Whether standard input, output and error are one terminal.
    public var hasTerminal = false

    /// A process with all defaults.
    public init(arguments: [String]) { self.arguments = arguments }

    /// A process as a container's first one runs: same user, environment and powers.
    ///
    /// - Parameters:
    ///   - arguments: the program and its arguments.
    ///   - configuration: the container.
    public init(arguments: [String], like configuration: ContainerConfiguration) {
        self.arguments = arguments
        environment = configuration.environment
        workingFolder = configuration.workingFolder
        user = configuration.user
        capabilities = configuration.capabilities
        processLimits = configuration.processLimits
        hasNoNewPrivileges = configuration.hasNoNewPrivileges
    }

    /// The process as that of a container, so that both are clamped, checked and written alike.
    var asContainer: ContainerConfiguration {
        var container = ContainerConfiguration(root: "/", arguments: arguments)
        container.environment = environment
        container.workingFolder = workingFolder
        container.user = user
        container.capabilities = capabilities
        container.processLimits = processLimits
        container.hasNoNewPrivileges = hasNoNewPrivileges
        container.hasTerminal = hasTerminal
        return container
    }
}
