import ArgumentParser

/// `tare volume`: folders of the host that outlive containers.
struct VolumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "volume",
        abstract: "Make, show and remove volumes, which outlive containers.",
        discussion: """
            Examples:
              tare volume create data
              tare container run --rm -v data:/data debian:12 touch /data/kept
              tare volume ls
            """,
        subcommands: [VolumeCreate.self, VolumeList.self, VolumeInspect.self, VolumeRemove.self, VolumePrune.self]
    )
}
