import TareCore

/// What a workload's own processes take, the same inside a guest and inside a container: priors until a run measures it.
public struct WorkloadProfile: Sendable, Hashable, Codable {
    /// The workload's id.
    public let id: String
    /// Core-seconds from the first process to the first answer.
    public let startCPU: Figure
    /// Anonymous memory of the runtime.
    public let runtimeAnonymous: Figure
    /// Anonymous memory of the application.
    public let appAnonymous: Figure
    /// Resident file pages of runtime and libraries, all of them read at the start.
    public let runtimeFile: Figure
    /// Resident file pages of the application.
    public let appFile: Figure

    enum CodingKeys: String, CodingKey {
        case id
        case startCPU = "start_cpu"
        case runtimeAnonymous = "runtime_anonymous"
        case appAnonymous = "app_anonymous"
        case runtimeFile = "runtime_file"
        case appFile = "app_file"
    }

    /// Makes a profile of measured numbers.
    public init(
        id: String,
        startCPU: Figure,
        runtimeAnonymous: Figure,
        appAnonymous: Figure,
        runtimeFile: Figure,
        appFile: Figure
    ) {
        self.id = id
        self.startCPU = startCPU
        self.runtimeAnonymous = runtimeAnonymous
        self.appAnonymous = appAnonymous
        self.runtimeFile = runtimeFile
        self.appFile = appFile
    }

    private static let table: [String: (cpu: Double, anon: Double, app: Double, file: Double)] = [
        "hello": (2, 0.1, 0.1, 0.8), "nginx": (25, 2, 0.5, 5), "redis": (20, 3, 1, 5),
        "flask": (350, 18, 6, 12), "node": (250, 32, 8, 45), "java": (700, 70, 20, 60),
        "postgres": (450, 18, 8, 25),
    ]

    /// The profile of a built-in workload.
    ///
    /// - Parameter id: `flask`.
    /// - Returns: the profile.
    /// - Throws: `TareError.notFound` for a workload that has none: a profile of another would be a guess in disguise.
    public static func named(_ id: String) throws(TareError) -> WorkloadProfile {
        guard let row = table[id] else {
            let known = table.keys.sorted()
            throw TareError(
                .notFound, subject: id, "no workload profile has this name, so its memory and start are not known",
                hint: Suggestion.nearest(to: id, among: known).map { "did you mean \($0)?" }
                    ?? "one of: \(known.joined(separator: ", ")); or give its content as `layers:` or `image:`")
        }
        return WorkloadProfile(
            id: id,
            startCPU: .assumed(row.cpu, "ms"),
            runtimeAnonymous: .assumed(row.anon, "MiB"),
            appAnonymous: .assumed(row.app, "MiB"),
            runtimeFile: .assumed(row.file, "MiB"),
            appFile: .assumed(0.5, "MiB")
        )
    }

    /// A profile for content of the user's own, from the size of what it holds; all of it is assumed.
    ///
    /// A start reads 6.4% of an image (row E02); that is resident. Private memory is taken at 15% of what is installed, at
    /// most 128 MiB, and the start's CPU at 2 ms a MiB that is read, at least 20 ms.
    ///
    /// - Parameters:
    ///   - id: the workload's name in the scenario.
    ///   - runtime: installed bytes of the runtime.
    ///   - app: installed bytes of the application.
    /// - Returns: the profile.
    /// - Throws: `TareError.notFound` where row E02 is missing.
    public static func ofContent(
        _ id: String,
        runtime: ByteCount,
        app: ByteCount
    ) throws(TareError) -> WorkloadProfile {
        let read = try PublishedFigures.figure(id: "E02").base
        func mib(_ value: Double) -> Figure { .assumed(value, "MiB") }
        let files = (runtime.mebibytes + app.mebibytes) * read
        return WorkloadProfile(
            id: id,
            startCPU: .assumed(max(20, files * 2), "ms"),
            runtimeAnonymous: mib(min(128, runtime.mebibytes * 0.15)),
            appAnonymous: mib(min(128, app.mebibytes * 0.15)),
            runtimeFile: mib(runtime.mebibytes * read),
            appFile: mib(app.mebibytes * read)
        )
    }
}
