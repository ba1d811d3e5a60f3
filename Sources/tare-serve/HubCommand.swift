import ArgumentParser
import Glibc
import TareCore
import TareHub
import TareLinux

/// `tare hub serve`: the registry.
struct HubCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hub",
        abstract: "Serve images: a registry of the OCI distribution specification.",
        discussion: """
            Examples:
              tare hub serve
              tare hub serve --port 0 --root /srv/hub
              tare hub serve --users users.txt --anonymous-pull

            Prints the address on standard output when it listens. Ctrl-C ends it after the requests under way.
            """
    )

    @Option(help: "The folder of its content; by default `hub` in the state folder.")
    var root: String?

    @Option(help: "The address to listen on; anything but loopback lets others in.")
    var host = "127.0.0.1"

    @Option(help: "The port; 0 takes a free one.")
    var port = 5000

    @Option(help: "A file of users as htpasswd writes it; without it everybody may do everything.")
    var users: String?

    @Flag(help: "Let everybody read.")
    var anonymousPull = false

    @Flag(help: "Send clients for a token, instead of asking for the user with each request.")
    var tokens = false

    mutating func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port is 0 to 65535, not \(port)") }
    }

    mutating func run() async throws {
        do throws(TareError) {
            let folder: String
            if let root { folder = root } else { folder = PathText.join(try StateFolders.current().state, "hub") }
            var options = HubOptions()
            options.host = host
            options.port = port
            if let users { options.users = try HubUsers(file: users) }
            options.anonymousPull = anonymousPull
            options.tokens = tokens
            let host = host
            try await HubServer(root: folder, options: options).run { port in
                try? StandardStreams.printOutput("http://\(host):\(port)")
            }
        } catch {
            StandardStreams.printError("error: \(error)")
            Glibc.exit(error.code.exitCode.rawValue)
        }
    }
}
