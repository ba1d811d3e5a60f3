import ArgumentParser
import TareCore
import TareExperiment
import TareLinux

/// `tare clean`: removes what was left behind, or one run.
struct CleanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean",
        abstract: "Remove left-overs of killed processes, or one run.",
        discussion: """
            Examples:
              tare clean                 says what it would remove
              tare clean --yes           removes it
              tare clean --run ID --yes  removes one run with its data

            Runs with finished steps are never left-overs: they can be resumed. Only Tare's own folders are looked at.
            Ends with 23 where something could not be removed.
            """
    )

    @Option(name: .customLong("run"), help: ArgumentHelp("Remove this run with its data.", valueName: "id"))
    var named: String?

    @Flag(help: "Remove; without it nothing is changed.")
    var yes = false

    @OptionGroup var output: OutputOptions

    /// What `--json` prints.
    struct Document: Encodable {
        var removed: Bool
        var runs: [String]
        var paths: [String]
        var mounts: [String]
        var containers: [String]
        var failures: [String]
    }

    mutating func run() async throws {
        let folders = try StateFolders.current()
        var left = LeftOvers(folders)
        if let named {
            left.runs = [try RunFolder.find(named, in: folders.runs)]
            left.paths = []
            left.mounts = []
            left.containers = []
        }
        if yes, let run = left.runs.first(where: { $0.state() == .running }) { try run.remove() }
        let failures = yes ? left.remove() : []
        let containers = left.containers
        let paths = containers.map { "container \($0)" } + left.mounts + left.paths + left.runs.map(\.path)
        if output.json {
            let document = Document(
                removed: yes,
                runs: left.runs.map(\.id),
                paths: left.paths,
                mounts: left.mounts,
                containers: containers,
                failures: failures
            )
            try Output.data(try JSONText.encode(document))
        } else if paths.isEmpty {
            output.note("nothing was left behind")
        } else {
            try Output.data(paths.map { yes ? "removed\t\($0)" : "would remove\t\($0)" }.joined(separator: "\n"))
        }
        for failure in failures { Output.note("error: \(failure)") }
        if !yes, !paths.isEmpty {
            output.next(named.map { "tare clean --run \($0) --yes" } ?? "tare clean --yes")
        } else {
            output.next("tare runs")
        }
        if !failures.isEmpty { throw Ending(code: .cleanupDirty) }
    }
}
