import ArgumentParser
import TareCore
import TareEngine

/// `tare network rm`: the end of networks that nobody is attached to.
struct NetworkRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "Remove networks that no container is attached to.",
        discussion: """
            Examples:
              tare network rm shop
            """
    )

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "Names.")
    var names: [String]

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        try NamedWork.each(names, json: json) { (name) throws(TareError) in
            try engine.networks.remove(name)
            return name
        }
    }
}
