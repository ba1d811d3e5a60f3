import ArgumentParser
import TareCore
import TareEngine

/// `tare container wait`: exit codes, a line each.
struct ContainerWait: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait",
        abstract: "Wait until containers have ended, and print their exit codes.",
        discussion: """
            Examples:
              tare container wait web
            """
    )

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "Names, ids or beginnings of ids.")
    var containers: [String]

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        try ContainerWork.each(containers, of: engine, json: json) { (id) throws(TareError) in
            String(try engine.wait(id))
        }
    }
}
