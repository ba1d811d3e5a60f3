import ArgumentParser
import TareCore
import TareExperiment
import TareLinux

/// `tare ps`: what works now, and what was left.
struct PsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ps",
        abstract: "Show runs that work now, runs that can be resumed, and left-overs.",
        discussion: """
            Examples:
              tare ps
              tare ps --json
            """
    )

    @OptionGroup var output: OutputOptions

    /// What `--json` prints.
    struct Document: Encodable {
        var running: [String]
        var resumable: [String]
        var leftOverRuns: [String]
        var leftOverPaths: [String]
        var mounts: [String]
        var leftOverContainers: [String]

        enum CodingKeys: String, CodingKey {
            case running, resumable, mounts
            case leftOverRuns = "left_over_runs"
            case leftOverPaths = "left_over_paths"
            case leftOverContainers = "left_over_containers"
        }
    }

    mutating func run() async throws {
        let rows = try RunsCommand.rows()
        let left = LeftOvers(try StateFolders.current())
        let leftRuns = left.runs.map(\.id)
        let document = Document(
            running: rows.filter { $0.state == .running }.map(\.run),
            resumable: rows.filter { $0.state.canResume && !leftRuns.contains($0.run) }.map(\.run),
            leftOverRuns: leftRuns,
            leftOverPaths: left.paths,
            mounts: left.mounts,
            leftOverContainers: left.containers
        )
        if output.json { return try Output.data(try JSONText.encode(document)) }
        let groups = [
            ("running", document.running), ("resumable", document.resumable), ("left-over run", document.leftOverRuns),
            ("left-over file", document.leftOverPaths), ("left-over mount", document.mounts),
            ("left-over container", document.leftOverContainers),
        ]
        let lines = groups.flatMap { group in group.1.map { "\(group.0)\t\($0)" } }
        if lines.isEmpty {
            output.note("nothing is running and nothing was left behind")
        } else {
            try Output.data(lines.joined(separator: "\n"))
        }
        output.next(left.isEmpty ? "tare runs" : "tare clean")
    }
}
