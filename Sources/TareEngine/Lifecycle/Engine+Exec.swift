import Glibc
import TareCore
import TareLinux
import TareRuntime

extension Engine {
    /// What `exec` can be asked for.
    public struct ExecOptions: Sendable, Hashable {
        /// `NAME=value` each, on top of the container's.
        public var environment: [String] = []
        /// Another user.
        public var user: String?
        /// Another folder.
        public var workingFolder: String?
        /// Whether it has a terminal.
        public var hasTerminal = false
        /// Whether its standard input stays open.
        public var hasInput = false
        /// Whether it gets all that the host can give.
        public var isPrivileged = false
        /// Whether what it writes is kept in its folder, at most 64 KiB.
        public var keepsOutput = false

        /// As the container's first process.
        public init() {}
    }

    /// Starts a further process in a running container.
    ///
    /// - Parameters:
    ///   - id: the container.
    ///   - arguments: the program and its arguments.
    ///   - options: everything else.
    ///   - attaching: called once a client may connect and before it runs; must connect one.
    /// - Returns: the folder of its supervisor, by which its end is waited for.
    /// - Throws: `invalid` where the container does not run; `notFound` for the program.
    public func exec(
        in id: ContainerID,
        _ arguments: [String],
        options: ExecOptions = ExecOptions(),
        attaching: ((SupervisorFolder) throws(TareError) -> Void)? = nil
    ) throws(TareError) -> SupervisorFolder {
        let record = try running(id, "cannot run a command in it")
        let folder = containers.folder(id)
        let run = SupervisorFolder("\(folder.execs)/\(HostClock.boottimeNanoseconds())-\(getpid())")
        try FolderMaking.make(run.path)
        var process = ExecConfiguration(arguments: arguments)
        let lookup = UserLookup(root: folder.root)
        let (user, home) = try lookup.user(options.user ?? record.user, additional: record.options.additionalGroups)
        process.user = user
        process.environment = record.environment + options.environment
        if !record.environment.contains(where: { $0.hasPrefix("HOME=") }) {
            process.environment.append("HOME=\(home ?? "/")")
        }
        if options.hasTerminal { process.environment.append("TERM=xterm") }
        process.workingFolder = options.workingFolder ?? record.workingFolder
        process.capabilities = options.isPrivileged || record.options.isPrivileged ? .privileged : .standard
        process.hasNoNewPrivileges = record.options.securityOptions.contains("no-new-privileges")
        process.hasTerminal = options.hasTerminal
        var supervision = SupervisorOptions()
        supervision.hasInput = options.hasInput
        supervision.hasTerminal = options.hasTerminal
        supervision.keepsLog = options.keepsOutput
        if options.keepsOutput { supervision.logSize = .kibibytes(64) }
        let runtime = try runtime(record.runtime)
        do throws(TareError) {
            if let attaching {
                _ = try runtime.exec(in: id.description, process, folder: run, options: supervision) {
                    () throws(TareError) in try attaching(run)
                }
            } else {
                _ = try runtime.exec(in: id.description, process, folder: run, options: supervision, attaching: nil)
            }
        } catch {
            try? TreeRemoving.remove(run.path)
            throw error
        }
        // Health checks would fill the events and say nothing.
        if !options.keepsOutput {
            let command = arguments.joined(separator: " ")
            events.add(.container, "exec", id.description, ["name": record.name, "command": command])
        }
        return run
    }
}

extension Engine {
    /// Connects to the streams of a running container.
    ///
    /// - Throws: `invalid` where it does not run.
    public func attach(_ id: ContainerID) throws(TareError) -> AttachConnection {
        _ = try running(id, "cannot attach to it")
        return try AttachConnection(containers.folder(id).run)
    }
}
