import TareCore
import TareLinux

/// The driver for crun, the faster one: a C program that starts a container in half of runc's time.
///
/// crun 1.8 refuses a host that has the controllers on v1 and a v2 tree beside them, which a kernel without systemd's
/// help often has. The v2 mount is then taken away in a mount namespace of crun's own; the host keeps it.
public struct CrunRuntime: CommandRuntime {
    /// `crun`.
    public let name = "crun"
    let program: String
    let stateFolder: String
    let supervisor: Supervisor
    /// Writes bundles for it.
    public let bundles: BundleWriter

    /// Finds the program and the supervisor's.
    ///
    /// - Parameter state: a folder for what runtimes keep of containers; made when it is needed.
    /// - Throws: `unavailable` where one of them is not installed.
    public init(state: String) throws(TareError) {
        guard let program = ToolSearch.find("crun") else { throw TareError.missingRuntime("crun") }
        self.program = program
        stateFolder = PathText.join(state, "crun")
        supervisor = Supervisor(shim: try ShimProgram.find(), hiddenMounts: Self.unbearable(.current()))
        var bundles = BundleWriter()
        bundles.programs = SeccompPrograms(folder: PathText.join(state, "seccomp"))
        self.bundles = bundles
    }

    func made(_ id: String, in folder: SupervisorFolder) {
        let compiled = PathText.join(PathText.join(stateFolder, id), "seccomp.bpf")
        bundles.programs?.take(compiled, for: folder.path)
    }

    /// The v2 mounts of a hybrid host.
    static func unbearable(_ mounts: MountTable) -> [String] {
        let types = Set(mounts.entries.map(\.type))
        guard types.contains("cgroup"), types.contains("cgroup2") else { return [] }
        return mounts.entries.filter { $0.type == "cgroup2" }.map(\.folder)
    }
}

extension TareError {
    static func missingRuntime(_ name: String) -> TareError {
        TareError(
            .unavailable,
            subject: name,
            "cannot start containers with \(name): it is not installed",
            hint: "install the Debian package \(name); Scripts/install does"
        )
    }
}
