import ArgumentParser
import TareCatalog
import TareCore
import TareEngine
import TareExperiment
import TareLinux
import TareRunners

/// `tare calibrate`: measures the model's parameters on this machine.
struct CalibrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Measure the model's parameters on this machine.",
        discussion: """
            Examples:
              tare calibrate containers
              tare calibrate containers --workload nginx --count 10 --out my-machine.json
              tare calibrate containers --check 10,50

            A scenario names the profile by its path: `container: { profile: ./my-machine.json }`.
            """,
        subcommands: [CalibrateContainers.self]
    )
}

/// `tare calibrate containers`: the engine's own cost and a workload's, as a profile.
struct CalibrateContainers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "containers",
        abstract: "Measure the engine's own cost and a workload's with real containers.",
        discussion: """
            Examples:
              tare calibrate containers --out my-machine.json
              tare calibrate containers --check 10,50

            Starts real containers and removes them; needs root, crun and overlay. Each number of the profile says how it
            was obtained, and its spread.
            """
    )

    @Option(help: ArgumentHelp("The built-in workload that is run.", valueName: "id"))
    var workload = "nginx"

    @Option(name: .shortAndLong, help: ArgumentHelp("Containers at once.", valueName: "number"))
    var count = 10

    @Option(help: ArgumentHelp("Replications.", valueName: "number"))
    var reps = 5

    @Option(help: ArgumentHelp("Compare model and measurement at these numbers of containers.", valueName: "10,50"))
    var check: String?

    @Option(help: ArgumentHelp("Write the profile here.", valueName: "file"))
    var out: String?

    @OptionGroup var output: OutputOptions

    /// What `--json` prints.
    struct Document: Encodable {
        var profile: CalibratedProfile
        var checks: [CalibrationCheck]
    }

    mutating func validate() throws {
        guard (2...500).contains(count) else { throw ValidationError("--count takes 2 to 500, not \(count)") }
        guard (1...100).contains(reps) else { throw ValidationError("--reps takes 1 to 100, not \(reps)") }
        _ = try counts()
    }

    private func counts() throws -> [Int] {
        try (check ?? "").split(separator: ",").map { word in
            guard let number = Int(word), (1...500).contains(number) else {
                throw ValidationError("--check takes numbers from 1 to 500, such as 10,50, not \(word)")
            }
            return number
        }
    }

    mutating func run() async throws {
        let folders = try StateFolders.current()
        if let obstacle = MeasuredAvailability.obstacle(state: folders.state) { throw obstacle }
        guard let known = Workload.builtin(workload) else {
            let ids = Workload.builtins.map(\.id)
            let near = Suggestion.nearest(to: workload, among: ids).map { "did you mean \($0)?" }
            throw TareError(
                .notFound,
                subject: workload,
                "there is no such workload",
                hint: near ?? "one of: \(ids.joined(separator: ", "))"
            )
        }
        try InterruptFlag.install()
        let engine = try MeasuringEngine.open(state: folders.state)
        let images = WorkloadImages(cache: folders.roots) { Output.note("making the image: \($0)") }
        let service = ResolvedService(
            name: "calibrate",
            replicas: count,
            workload: known.id,
            content: .builtin(known.id)
        )
        let image = try await images.image(of: service, in: engine.images)
        let calibration = ContainerCalibration(engine: engine, count: count, repetitions: reps)
        let quiet = output.quiet
        let profile = try await calibration.measure(
            workload: known.id,
            image: image,
            version: Tare.configuration.version
        ) { if !quiet { Output.note($0) } }
        if let out { try AtomicFile.write(out, text: try JSONText.encode(profile) + "\n") }
        var checks: [CalibrationCheck] = []
        let wanted = try counts()
        if !wanted.isEmpty {
            let content = try ContentSource.stored()
            checks = try await CalibrationCheck.rows(
                counts: wanted,
                repetitions: min(reps, 3),
                profile: profile,
                workload: known.id,
                runner: try MeasuringEngine.runner(content, folders: folders),
                content: content
            ) { if !quiet { Output.note($0) } }
        }
        if output.json {
            try Output.data(try JSONText.encode(Document(profile: profile, checks: checks)))
        } else {
            try Output.data(try CalibrationTable.text(profile, checks))
        }
        for warning in profile.warnings { output.note("warning: \(warning)") }
        output.next(
            out.map { "container: { profile: ./\(PathText.name(of: $0)) } in a scenario" }
                ?? "tare calibrate containers --out FILE")
    }
}
