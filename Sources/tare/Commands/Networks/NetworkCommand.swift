import ArgumentParser

/// `tare network`: networks of containers.
struct NetworkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "network",
        abstract: "Make, show and remove networks of containers.",
        discussion: """
            Examples:
              tare network create shop
              tare container run -d --name db --network shop tare/postgres
              tare network ls
            """,
        subcommands: [NetworkCreate.self, NetworkList.self, NetworkInspect.self, NetworkRemove.self]
    )
}
