import ArgumentParser
import TareCore
import TareEngine

/// `tare volume create`: a volume.
struct VolumeCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a volume; one that is there already stays as it is.",
        discussion: """
            Examples:
              tare volume create data
              tare volume create --label keep=yes data
            """
    )

    @Option(name: .shortAndLong, parsing: .singleValue, help: "A label: NAME=value.")
    var label: [String] = []

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "Its name.")
    var name: String

    mutating func run() async throws {
        let labels = LabelText.read(label)
        let engine = try engineFlags.engine()
        let made = try engine.volumes.make(name, labels: labels)
        if made.isNew { engine.record(.volume, "create", name) }
        try NamedWork.one(name, made.volume.name, json: json)
    }
}
