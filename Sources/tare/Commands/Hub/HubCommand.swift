import ArgumentParser

/// `tare hub`: a registry on this machine.
struct HubCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hub",
        abstract: "Serve images as a registry does.",
        discussion: """
            Examples:
              tare hub serve --port 5000
              tare image push 127.0.0.1:5000/shop/web:1
            """,
        subcommands: [HubServe.self]
    )
}
