import FoundationEssentials
import TareCore
import TareLinux

/// What crun and runc have in common: they are programs with nearly the same command line.
protocol CommandRuntime: Runtime {
    /// The program's absolute path.
    var program: String { get }
    /// The folder where the runtime keeps what it knows of containers.
    var stateFolder: String { get }
    /// Starts supervisors.
    var supervisor: Supervisor { get }
    /// Called when a container has been made: a driver may learn from the runtime's state.
    func made(_ id: String, in folder: SupervisorFolder)
}

extension CommandRuntime {
    /// The program's version line; see `Runtime`.
    public func version() throws(TareError) -> String {
        let ending = try ChildProcess.run(program, ["--version"])
        guard ending.succeeded, let line = ending.output.split(separator: "\n").first else {
            throw RuntimeComplaint.error(
                text: ending.errors,
                subject: program,
                wanted: "cannot ask for the version",
                program: program,
                status: ending.status
            )
        }
        return String(line)
    }

    /// Makes a container; see `Runtime`.
    public func create(
        _ id: String,
        in folder: SupervisorFolder,
        options: SupervisorOptions,
        attaching: (() throws(TareError) -> Void)?
    ) throws(TareError) -> Int32 {
        try launch(id, in: folder, verb: ["create"], options: options, mark: .created, attaching: attaching)
    }

    /// Makes and starts a container; see `Runtime`.
    public func run(
        _ id: String,
        in folder: SupervisorFolder,
        options: SupervisorOptions,
        attaching: (() throws(TareError) -> Void)?
    ) throws(TareError) -> Int32 {
        try launch(id, in: folder, verb: ["run", "--detach"], options: options, mark: .started, attaching: attaching)
    }

    /// Starts a created container; see `Runtime`.
    public func start(_ id: String, in folder: SupervisorFolder) throws(TareError) {
        try act("start the container", id, ["start", id])
        try folder.mark(.started)
    }

    /// Starts a further process; see `Runtime`.
    public func exec(
        in id: String,
        _ process: ExecConfiguration,
        folder: SupervisorFolder,
        options: SupervisorOptions,
        attaching: (() throws(TareError) -> Void)?
    ) throws(TareError) -> Int32 {
        try checkID(id)
        try bundles.write(process, to: folder.process)
        var words = command(logging: folder.runtimeLog) + ["exec", "--detach", "--pid-file", folder.pidFile]
        words += ["--process", folder.process]
        if options.hasTerminal { words += ["--console-socket", "{console}"] }
        return try supervisor.start(
            in: folder,
            options: options,
            mark: .started,
            command: words + [id],
            attaching: attaching
        )
    }

    /// Sends a signal; see `Runtime`.
    public func kill(_ id: String, signal: Int32, all: Bool) throws(TareError) {
        try act("signal the container", id, ["kill"] + (all ? ["--all"] : []) + [id, "\(signal)"])
    }

    /// Removes a container; see `Runtime`.
    public func delete(_ id: String, force: Bool) throws(TareError) {
        do throws(TareError) {
            try act("delete the container", id, ["delete"] + (force ? ["--force"] : []) + [id])
        } catch {
            if force, error.code == .notFound { return }
            throw error
        }
    }

    /// Removes whatever is left; see `Runtime`.
    public func clean(_ id: String, cgroup: String) throws(TareError) {
        try checkID(id)
        // A runtime that was killed half-way has left a state that its own program may refuse.
        try? delete(id, force: true)
        if let groups = try? Cgroups.current() {
            let group = try groups.group(cgroup)
            if group.exists {
                try group.killAll()
                try group.delete()
            }
        }
        let state = PathText.join(stateFolder, id)
        guard FileReading.exists(state) else { return }
        do {
            try FileManager.default.removeItem(atPath: state)
        } catch {
            throw TareError(.cannotWrite, subject: state, "cannot remove what the runtime kept: \(error)")
        }
    }

    /// What the runtime knows; see `Runtime`.
    public func state(_ id: String) throws(TareError) -> RuntimeState {
        let text = try act("look at the container", id, ["state", id])
        return try JSONText.decode(RuntimeState.self, from: text, subject: id)
    }

    /// Freezes all processes; see `Runtime`.
    public func pause(_ id: String) throws(TareError) { try act("pause the container", id, ["pause", id]) }

    /// Lets them go on; see `Runtime`.
    public func resume(_ id: String) throws(TareError) { try act("resume the container", id, ["resume", id]) }

    /// Changes limits; see `Runtime`.
    public func update(_ id: String, _ limits: CgroupLimits) throws(TareError) {
        let text = try JSONText.encode(ResourcesSpec(limits), pretty: false)
        try act(
            "change the container's limits", id, ["update", "--resources", "/dev/stdin", id], input: Array(text.utf8))
    }

    /// All processes; see `Runtime`.
    public func processes(_ id: String) throws(TareError) -> [Int32] {
        let text = try act("list the container's processes", id, ["ps", "--format", "json", id])
        return try JSONText.decode([Int32]?.self, from: text, subject: id) ?? []
    }

    private func launch(
        _ id: String,
        in folder: SupervisorFolder,
        verb: [String],
        options: SupervisorOptions,
        mark: StartMark.Name,
        attaching: (() throws(TareError) -> Void)?
    ) throws(TareError) -> Int32 {
        try checkID(id)
        try FolderMaking.make(stateFolder, mode: 0o700)
        var words = command(logging: folder.runtimeLog) + verb + ["--bundle", folder.path]
        words += ["--pid-file", folder.pidFile]
        if options.hasTerminal { words += ["--console-socket", "{console}"] }
        let pid = try supervisor.start(
            in: folder,
            options: options,
            mark: mark,
            command: words + [id],
            attaching: attaching
        )
        made(id, in: folder)
        return pid
    }

    private func command(logging path: String? = nil) -> [String] {
        [program, "--root", stateFolder] + (path.map { ["--log", $0] } ?? [])
    }

    @discardableResult
    private func act(
        _ wanted: String,
        _ id: String,
        _ words: [String],
        input: [UInt8] = []
    ) throws(TareError) -> String {
        try checkID(id)
        let ending = try supervisor.call(command() + words, input: input)
        guard ending.succeeded else {
            throw RuntimeComplaint.error(
                text: ending.errors,
                subject: id,
                wanted: "cannot \(wanted)",
                program: program,
                status: ending.status
            )
        }
        return ending.output
    }

    /// An id becomes a folder's name and a word of a command line: what could be read as another thing is refused.
    private func checkID(_ id: String) throws(TareError) {
        let isPlain = id.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains(byte)
        }
        let startsWell = id.utf8.first.map { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ".") } ?? false
        guard isPlain, startsWell, id.utf8.count <= 128 else {
            throw TareError(
                .invalid,
                subject: id,
                "cannot use it as a container's id",
                hint: "letters, digits, - _ and . may be in one, up to 128, and a letter or digit begins it"
            )
        }
    }
}
