import TareCore
import TareLinux

/// The driver for runc, the reference implementation.
public struct RuncRuntime: CommandRuntime {
    /// `runc`.
    public let name = "runc"
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
        guard let program = ToolSearch.find("runc") else { throw TareError.missingRuntime("runc") }
        self.program = program
        stateFolder = PathText.join(state, "runc")
        supervisor = Supervisor(shim: try ShimProgram.find(), hiddenMounts: [])
        bundles = BundleWriter()
    }

    func made(_ id: String, in folder: SupervisorFolder) {}
}
