import ArgumentParser
import TareCore
import TareEngine

/// `tare volume rm`: the end of volumes that no container has.
struct VolumeRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "Remove volumes that no container has, with their content.",
        discussion: """
            Examples:
              tare volume rm data
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
            try engine.removeVolume(name)
            return name
        }
    }
}
