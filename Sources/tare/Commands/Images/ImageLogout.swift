import ArgumentParser
import TareCore
import TareRegistry

/// `tare image logout`: forgets credentials.
struct ImageLogout: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout",
        abstract: "Forget the credentials for a registry.",
        discussion: """
            Examples:
              tare image logout 127.0.0.1:5000
            """
    )

    @Argument(help: "The registry: host or host:port.")
    var registry: String

    mutating func run() async throws {
        let wasThere = try CredentialFile.current().store(nil, for: registry)
        Output.note(wasThere ? "forgot the credentials for \(registry)" : "there were no credentials for \(registry)")
    }
}
