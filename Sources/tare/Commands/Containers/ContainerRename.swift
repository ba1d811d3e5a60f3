import ArgumentParser
import TareCore
import TareEngine

/// `tare container rename`: another name.
struct ContainerRename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Give a container another name.",
        discussion: """
            Examples:
              tare container rename web front
            """
    )

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "A name, an id or the beginning of one.")
    var container: String

    @Argument(help: "The new name.")
    var name: String

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        try engine.rename(try engine.find(container), to: name)
    }
}
