import ArgumentParser

/// The servers' program: `tare hub serve` starts it, so that nobody waits for a web server to build or load.
@main
struct TareServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tare-serve",
        abstract: "Tare's servers; `tare hub serve` starts this program.",
        subcommands: [HubCommand.self]
    )
}
