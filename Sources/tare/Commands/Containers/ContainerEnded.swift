import ArgumentParser
import TareCore
import TareEngine

/// `tare container ended`: what a supervisor becomes when its container has ended.
///
/// For supervisors only.
struct ContainerEnded: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ended",
        abstract: "Give back what an ended container held, and start it again where it wants that.",
        shouldDisplay: false
    )

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "The whole id.")
    var container: String

    mutating func run() async throws {
        guard let id = ContainerID(container) else { throw ValidationError("not a container's id: \(container)") }
        try engineFlags.bareEngine().ended(id)
    }
}
