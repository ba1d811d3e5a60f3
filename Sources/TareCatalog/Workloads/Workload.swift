import TareCore

/// A service, defined once: the container's content and the VM's content both come from it.
public struct Workload: Codable, Sendable, Hashable {
    /// The short id that scenarios and flags use: `flask`.
    public var id: String
    /// For people: `Python 3 with Flask`.
    public var title: String
    /// The Debian packages that are the language runtime or server; their dependency closure belongs to the runtime.
    public var runtimePackages: [String]
    /// The Debian packages that are the application itself.
    public var appPackages: [String]
    /// Packages that are needed only while building and are in no image (a compiler, say).
    public var buildPackages: [String]
    /// The application's own files.
    public var files: [WorkloadFile]
    /// Shell commands (compiling, packing a jar) run in a throw-away root: the workload's own with the build packages.
    ///
    /// Files beneath `/build` are there only; what the commands leave beneath `/build/out` goes into the image. Each must
    /// be reproducible.
    public var buildCommands: [String]
    /// The command that starts the service in the foreground.
    public var command: [String]
    /// Environment of the command.
    public var environment: [String: String]
    /// The TCP port, or `nil` for a program that prints and ends.
    public var port: Int?
    /// When the service counts as ready: a real answer.
    public var readiness: Readiness

    /// Makes a workload.
    public init(
        id: String,
        title: String,
        runtimePackages: [String] = [],
        appPackages: [String] = [],
        buildPackages: [String] = [],
        files: [WorkloadFile] = [],
        buildCommands: [String] = [],
        command: [String],
        environment: [String: String] = [:],
        port: Int? = nil,
        readiness: Readiness
    ) {
        self.id = id
        self.title = title
        self.runtimePackages = runtimePackages
        self.appPackages = appPackages
        self.buildPackages = buildPackages
        self.files = files
        self.buildCommands = buildCommands
        self.command = command
        self.environment = environment
        self.port = port
        self.readiness = readiness
    }
}

/// One file of an application, with its text.
public struct WorkloadFile: Codable, Sendable, Hashable {
    /// Absolute path inside the root.
    public var path: String
    /// The text.
    public var text: String
    /// Permission bits.
    public var mode: UInt32

    /// Makes a file.
    public init(path: String, text: String, mode: UInt32 = 0o644) {
        self.path = path
        self.text = text
        self.mode = mode
    }
}

/// When a service counts as ready: a real answer, never an accepted connection.
public enum Readiness: Codable, Sendable, Hashable {
    /// An HTTP GET of this path answers 200.
    case http(path: String)
    /// A Redis PING answers PONG.
    case redisPing
    /// A PostgreSQL start-up message gets an authentication answer and `SELECT 1` its row.
    case postgresSelect
    /// The program prints this text and ends with 0.
    case output(String)
}
