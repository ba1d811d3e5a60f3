import ArgumentParser
import TareCore
import TareEngine

/// `tare container update`: other limits, another restart policy.
struct ContainerUpdate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change limits and the restart policy of containers; of those that run, at once.",
        discussion: """
            Examples:
              tare container update --memory 128m --cpus 0.5 web
              tare container update --restart unless-stopped web db
            """
    )

    @OptionGroup var limits: LimitFlags

    @Option(help: "Start it again: no, always, unless-stopped, on-failure[:N].")
    var restart: String?

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "Names, ids or beginnings of ids.")
    var containers: [String]

    mutating func run() async throws {
        var options = ContainerOptions()
        try limits.fill(&options)
        guard options.processLimits.isEmpty, options.oomScore == nil else {
            throw TareError(.usage, subject: "update", "--ulimit and --oom-score-adj hold from a container's making on")
        }
        let policy = try restart.map { text throws(TareError) in try RestartPolicy(text) }
        guard policy != nil || options.limits != .init() else {
            throw TareError(
                .usage, subject: "update", "nothing is to be changed", hint: "say what: --memory 128m, --restart no")
        }
        let engine = try engineFlags.engine()
        let changes = options.limits
        try ContainerWork.each(containers, of: engine, json: json) { (id) throws(TareError) in
            try engine.update(id, limits: changes, restart: policy)
            return nil
        }
    }
}
