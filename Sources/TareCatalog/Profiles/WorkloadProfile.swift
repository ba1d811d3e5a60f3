import TareCore

/// What a workload's own processes take, the same inside a guest and inside a container: priors until a run measures it.
public struct WorkloadProfile: Sendable {
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

    /// The profile of a workload; an unknown id gets the one of `flask`.
    public static func named(_ id: String) -> WorkloadProfile {
        let table: [String: (cpu: Double, anon: Double, app: Double, file: Double)] = [
            "hello": (2, 0.1, 0.1, 0.8), "nginx": (25, 2, 0.5, 5), "redis": (20, 3, 1, 5),
            "flask": (350, 18, 6, 12), "node": (250, 32, 8, 45), "java": (700, 70, 20, 60),
            "postgres": (450, 18, 8, 25),
        ]
        let row = table[id] ?? (350, 18, 6, 12)
        return WorkloadProfile(
            id: id,
            startCPU: .assumed(row.cpu, "ms"),
            runtimeAnonymous: .assumed(row.anon, "MiB"),
            appAnonymous: .assumed(row.app, "MiB"),
            runtimeFile: .assumed(row.file, "MiB"),
            appFile: .assumed(0.5, "MiB")
        )
    }
}
