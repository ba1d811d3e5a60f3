import ArgumentParser
import Glibc
import TareCore

/// Starts the command line; the one place where an error becomes a message and an exit code.
@main
enum Launch {
    static func main() async {
        do {
            var command = try Tare.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error as TareError {
            Output.failure(error)
            ErrorDocument(error).print(for: CommandLine.arguments)
            exit(error.code.exitCode.rawValue)
        } catch let ending as Ending {
            exit(ending.status)
        } catch {
            if Tare.exitCode(for: error) != .success {
                ErrorDocument(usage: Tare.message(for: error)).print(for: CommandLine.arguments)
            }
            Tare.exit(withError: error)
        }
    }
}

/// Ends a verb with a code, when all that there is to say has been said.
struct Ending: Error {
    /// What the process ends with.
    var status: Int32

    /// One of Tare's own codes.
    init(code: TareCore.ExitCode) { status = code.rawValue }

    /// Any code: that of a container's program.
    init(status: Int32) { self.status = status }
}
