import ArgumentParser
import TareCore
import TareEngine

/// `tare container health`: one health check.
///
/// Supervisors start it; a user may too.
struct ContainerHealth: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Run a container's health check once, now, and note what comes of it.",
        discussion: """
            Examples:
              tare container health web
            """
    )

    @OptionGroup var engineFlags: EngineFlags

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @Argument(help: "A name, an id or the beginning of one.")
    var container: String

    /// What `--json` prints.
    struct Document: Encodable {
        var container: String
        var health: HealthState?
    }

    mutating func run() async throws {
        let engine = try engineFlags.bareEngine()
        let id = try engine.find(container)
        let state = try engine.checkHealth(id)
        if json { return try Output.document(Document(container: id.description, health: state)) }
        guard let state else {
            throw TareError(
                .invalid,
                subject: container,
                "nothing was checked: the container does not run, is paused, or has no health check",
                hint: "give it one with --health-cmd"
            )
        }
        try Output.data(state.status.rawValue)
    }
}
