import FoundationEssentials
import Glibc
import TareCore
import TareLinux

/// Turns a configuration into a bundle: the folder with `config.json` that an OCI runtime starts a container from.
///
///     ContainerConfiguration -> clamped to the host -> RuntimeSpec -> config.json
public struct BundleWriter: Sendable {
    /// What the host can give.
    public var host: HostLimits
    /// `x86_64` or `aarch64`.
    public var architecture: String
    /// The host's control groups, which say what can be limited; `nil` where none is mounted.
    public var groups: Cgroups?

    /// Where compiled filters are; `nil` for a runtime that takes none.
    var programs: SeccompPrograms?

    /// A writer for this host.
    public init() {
        self.init(host: .current(), architecture: Self.machine(), groups: try? Cgroups.current())
    }

    /// A writer for a stated host: for tests.
    public init(host: HostLimits, architecture: String, groups: Cgroups?) {
        self.host = host
        self.groups = groups
        self.architecture = architecture
    }

    /// Writes `config.json` into a folder.
    ///
    /// - Parameters:
    ///   - configuration: the container.
    ///   - folder: the bundle's folder, which exists.
    ///   - cgroup: the path of its control group below the root of each hierarchy: `/tare/web`.
    /// - Returns: what the host cannot give, a sentence each; empty where it gives all.
    /// - Throws: `invalid` for a configuration that no runtime would take; `unavailable`, naming the controller, for a limit
    ///   that this host cannot set; `cannotWrite`.
    @discardableResult
    public func write(
        _ configuration: ContainerConfiguration,
        to folder: String,
        cgroup: String
    ) throws(TareError) -> [String] {
        let (possible, warnings) = try host.clamped(configuration)
        try possible.check()
        try groups?.check(possible.limits)
        var spec = RuntimeSpec(possible, cgroup: cgroup, architecture: architecture)
        let note = PathText.join(folder, SeccompPrograms.wanted)
        unlink(note)
        if let programs, let profile = spec.linux.seccomp {
            let path = try programs.path(for: profile)
            if let program = programs.program(at: path) {
                spec.annotations = (spec.annotations ?? [:]).merging([SeccompPrograms.annotation: program]) { $1 }
            } else {
                try Self.put(path, at: note)
            }
        }
        try Self.put(JSONText.encode(spec, pretty: false), at: PathText.join(folder, "config.json"))
        return warnings
    }

    /// Writes what `exec` runs as the runtimes read it.
    ///
    /// - Parameters:
    ///   - process: the program and who it runs as.
    ///   - path: the file.
    /// - Returns: what the host cannot give.
    /// - Throws: `invalid`, `cannotWrite`.
    @discardableResult
    public func write(_ process: ExecConfiguration, to path: String) throws(TareError) -> [String] {
        let (possible, warnings) = try host.clamped(process.asContainer)
        try possible.check()
        try Self.put(JSONText.encode(ProcessSpec(possible), pretty: false), at: path)
        return warnings
    }

    /// Writes a file without waiting for the disk: a bundle is read once, at once, and can be written again.
    private static func put(_ text: String, at path: String) throws(TareError) {
        let file = try OwnedFileDescriptor(opening: path, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o600)
        try file.writeAll(Array(text.utf8))
    }

    static func machine() -> String {
        var names = utsname()
        uname(&names)
        return withUnsafeBytes(of: &names.machine) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
