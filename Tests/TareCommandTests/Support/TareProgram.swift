import FoundationEssentials
import Glibc
import TareTestSupport

/// The built `tare`, run as a user would, in a state folder of its own.
struct TareProgram {
    /// What one call gave.
    struct Outcome {
        var code: Int32
        var output: String
        var messages: String
    }

    /// The folder that holds everything of this test; it goes when `remove` is called.
    let folder: String

    /// Makes the folder.
    init() throws {
        var random = SystemRandomNumberGenerator()
        folder = FileManager.default.temporaryDirectory.path + "/tare-command-\(getpid())-\(random.next())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// Removes the folder.
    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// The program beside the test's own executable.
    static var path: String {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/tare"
    }

    /// The package's folder.
    static var root: String { "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") }

    /// Runs `tare` with shell words, standard input closed, and waits for it.
    func run(_ words: String, environment: String = "") throws -> Outcome {
        let call = "TARE_HOME='\(folder)/home' NO_COLOR=1 \(environment) '\(Self.path)' \(words)"
        return try Self.shell("cd '\(folder)' && \(call) </dev/null", scratch: folder)
    }

    /// Runs a shell command in the test's folder.
    func shell(_ command: String) throws -> Outcome {
        try Self.shell("cd '\(folder)' && \(command)", scratch: folder)
    }

    /// What the judge of Docs/schemas says against `document`; empty where it fits.
    func faults(of document: String, schema: String) throws -> String {
        try JSONSchemaCheck.complaints(about: document, schema: JSONSchemaCheck.path(of: schema))
    }

    private static func shell(_ command: String, scratch: String) throws -> Outcome {
        let base = "\(scratch)/call-\(UUID().uuidString)"
        let status = system("( \(command) ) >'\(base).out' 2>'\(base).err'")
        func text(_ end: String) throws -> String {
            String(decoding: try Data(contentsOf: URL(filePath: base + end)), as: UTF8.self)
        }
        // The exit code is the second byte of a wait status; a signal is reported as shells do.
        let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        return Outcome(code: code, output: try text(".out"), messages: try text(".err"))
    }
}
