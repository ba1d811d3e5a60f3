import ArgumentParser
import Glibc
import TareCore
import TareLinux

/// `tare hub serve`: becomes `tare-serve`, which has the web server.
struct HubServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve images: a registry of the OCI distribution specification, on loopback.",
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
        guard let program = Environment.nonEmpty("TARE_SERVE") ?? OwnProgram.beside("tare-serve") else {
            throw TareError(
                .unavailable,
                subject: "tare-serve",
                "cannot serve: the servers' program is not beside this one",
                hint: "build it with `swift build -c release --product tare-serve`, which takes some minutes once"
            )
        }
        var words = [program, "hub", "--host", host, "--port", "\(port)"]
        if let root { words += ["--root", root] }
        if let users { words += ["--users", users] }
        if anonymousPull { words.append("--anonymous-pull") }
        if tokens { words.append("--tokens") }
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        execv(program, &pointers)
        throw TareError.system("cannot start the server", subject: program, errno: errno)
    }
}
