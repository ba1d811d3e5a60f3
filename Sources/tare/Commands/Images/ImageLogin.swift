import ArgumentParser
import Glibc
import TareCore
import TareLinux
import TareRegistry

/// `tare image login`: keeps credentials for a registry.
struct ImageLogin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Try credentials for a registry and keep them, in a file that only its owner can read.",
        discussion: """
            Examples:
              tare image login --username ann 127.0.0.1:5000
              echo "$SECRET" | tare image login -u ann --password-stdin 127.0.0.1:5000
            """
    )

    @Option(name: .shortAndLong, help: "The user.")
    var username: String?

    @Option(name: .shortAndLong, help: "The password; others can see it in the list of processes.")
    var password: String?

    @Flag(help: "Read the password from standard input.")
    var passwordStdin = false

    @OptionGroup var registryFlags: RegistryFlags

    @Argument(help: "The registry: host or host:port.")
    var registry: String

    mutating func validate() throws {
        if password != nil && passwordStdin {
            throw ValidationError("--password and --password-stdin exclude each other")
        }
    }

    mutating func run() async throws {
        let user = try username ?? ask("user: ", isSecret: false)
        let secret: String
        if let password {
            secret = password
        } else if passwordStdin {
            guard let line = readLine() else {
                throw TareError(.usage, subject: "--password-stdin", "standard input is empty")
            }
            secret = line
        } else {
            secret = try ask("password: ", isSecret: true)
        }
        let credentials = RegistryCredentials(user: user, secret: secret)
        let asked = registry
        let client = try registryFlags.client { (host) throws(TareError) in host == asked ? credentials : nil }
        // They are tried before they are kept.
        try client.ping(registry)
        try CredentialFile.current().store(credentials, for: registry)
        Output.note("kept credentials of \(user) for \(registry)")
    }

    private func ask(_ what: String, isSecret: Bool) throws(TareError) -> String {
        guard isatty(0) == 1, isatty(2) == 1 else {
            throw TareError(
                .usage,
                subject: "login",
                "nobody is here to be asked",
                hint: "use --username and --password-stdin"
            )
        }
        try StandardStreams.write(what, to: .error)
        var before = termios()
        tcgetattr(0, &before)
        var now = before
        if isSecret {
            now.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(0, TCSANOW, &now)
        }
        defer {
            if isSecret {
                tcsetattr(0, TCSANOW, &before)
                try? StandardStreams.write("\n", to: .error)
            }
        }
        guard let line = readLine() else { throw TareError(.cancelled, subject: "login", "nothing was typed") }
        return line
    }
}
