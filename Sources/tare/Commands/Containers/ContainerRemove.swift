import ArgumentParser
import TareCore
import TareEngine

/// `tare container rm`: the end of a container.
struct ContainerRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "Remove containers with their writable layers.",
        discussion: """
            Examples:
              tare container rm web
              tare container rm --force --volumes web db
            """
    )

    @Flag(name: .shortAndLong, help: "End those that run.")
    var force = false

    @Flag(name: .shortAndLong, help: "Remove their volumes without a name.")
    var volumes = false

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "Names, ids or beginnings of ids.")
    var containers: [String]

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let (force, volumes) = (force, volumes)
        try ContainerWork.each(containers, of: engine, json: json) { (id) throws(TareError) in
            try engine.remove(id, force: force, removesVolumes: volumes)
            return nil
        }
    }
}
