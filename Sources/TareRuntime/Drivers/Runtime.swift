import TareCore
import TareLinux

/// An OCI runtime: starts containers from bundles and acts on them.
///
/// A container is named by an *id*, unique in the runtime's state folder. Its *folder* holds the bundle and all that its
/// supervisor leaves behind (`SupervisorFolder`). Life of a container:
///
///     bundles.write -> create -> start -> (exec, pause, resume, update)* -> kill -> delete
///                           `------ run -----'
///
/// Every call blocks until the runtime has answered, some tens of milliseconds; calls for different containers may run at
/// once, those for one container are the caller's to order. Nothing is kept in memory: another process may go on with the
/// same id and folder.
public protocol Runtime: Sendable {
    /// `crun` or `runc`.
    var name: String { get }

    /// Writes bundles as this runtime likes them best; any runtime can read them.
    var bundles: BundleWriter { get }

    /// The program's version line.
    ///
    /// - Returns: as `crun version 1.8.1`.
    /// - Throws: `unavailable` where it does not answer.
    func version() throws(TareError) -> String

    /// Makes a container whose program waits for `start`.
    ///
    /// - Parameters:
    ///   - id: its name.
    ///   - folder: its folder, with the bundle in it.
    ///   - options: streams and end.
    ///   - attaching: called once a client may connect and before anything runs; must connect one.
    /// - Returns: the process id of its first process on the host.
    /// - Throws: `exists`, `notFound` (the program), `invalid`, `noPermission`, `unavailable`.
    func create(
        _ id: String,
        in folder: SupervisorFolder,
        options: SupervisorOptions,
        attaching: (() throws(TareError) -> Void)?
    ) throws(TareError) -> Int32

    /// Makes and starts a container: one call of the runtime instead of two.
    func run(
        _ id: String,
        in folder: SupervisorFolder,
        options: SupervisorOptions,
        attaching: (() throws(TareError) -> Void)?
    ) throws(TareError) -> Int32

    /// Starts the program of a created container and notes the mark in its folder.
    func start(_ id: String, in folder: SupervisorFolder) throws(TareError)

    /// Starts a further process in a running container, with a supervisor of its own.
    ///
    /// - Parameters:
    ///   - id: the container.
    ///   - process: what to run.
    ///   - folder: a folder for this process, which exists.
    ///   - options: streams and end.
    ///   - attaching: as in `create`.
    /// - Returns: its process id on the host.
    /// - Throws: `notFound`, `invalid`.
    func exec(
        in id: String,
        _ process: ExecConfiguration,
        folder: SupervisorFolder,
        options: SupervisorOptions,
        attaching: (() throws(TareError) -> Void)?
    ) throws(TareError) -> Int32

    /// Sends a signal to the first process, or to all.
    func kill(_ id: String, signal: Int32, all: Bool) throws(TareError)

    /// Removes an ended container from the runtime's state, with its control group.
    ///
    /// - Parameters:
    ///   - id: the container.
    ///   - force: ends it first with SIGKILL; a container that is not there is no error then.
    /// - Throws: `invalid` where it still runs.
    func delete(_ id: String, force: Bool) throws(TareError)

    /// Removes whatever is left of a container whose supervisor was killed at some moment: also what the runtime does not
    /// know of, because it was killed half-way.
    ///
    /// Ends what runs, then removes the runtime's state, the control group and its processes. Nothing happens where nothing
    /// is left. The container's own folder stays.
    ///
    /// - Parameters:
    ///   - id: the container.
    ///   - cgroup: its control group's path, as in its bundle.
    /// - Throws: `timedOut` where processes do not end; `TareError` where something cannot be removed.
    func clean(_ id: String, cgroup: String) throws(TareError)

    /// What the runtime knows of a container.
    func state(_ id: String) throws(TareError) -> RuntimeState

    /// Freezes all processes.
    func pause(_ id: String) throws(TareError)

    /// Lets them go on.
    func resume(_ id: String) throws(TareError)

    /// Changes limits of a running container; what is `nil` stays.
    func update(_ id: String, _ limits: CgroupLimits) throws(TareError)

    /// The process ids of all its processes on the host.
    func processes(_ id: String) throws(TareError) -> [Int32]
}

extension Runtime {
    /// Makes and starts a container with default options and nobody attached; see `run(_:in:options:attaching:)`.
    @discardableResult
    public func run(
        _ id: String,
        in folder: SupervisorFolder,
        options: SupervisorOptions = SupervisorOptions()
    ) throws(TareError) -> Int32 {
        try run(id, in: folder, options: options, attaching: nil)
    }

    /// Makes a container with nobody attached; see `create(_:in:options:attaching:)`.
    @discardableResult
    public func create(
        _ id: String,
        in folder: SupervisorFolder,
        options: SupervisorOptions = SupervisorOptions()
    ) throws(TareError) -> Int32 {
        try create(id, in: folder, options: options, attaching: nil)
    }
}
