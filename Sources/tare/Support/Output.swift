import Synchronization
import TareCore
import TareLinux

/// Data go to standard output, everything else to standard error.
enum Output {
    /// Writes data and a newline to standard output.
    static func data(_ text: String) throws(TareError) {
        written.store(true, ordering: .relaxed)
        try StandardStreams.printOutput(text)
    }

    /// Writes a value as one JSON document, keys in snake case.
    static func document(_ value: some Encodable) throws(TareError) {
        try data(try JSONText.encode(value, snakeKeys: true))
    }

    /// Whether any data were written.
    static var hasData: Bool { written.load(ordering: .relaxed) }

    private static let written = Atomic(false)

    /// Writes a message and a newline to standard error.
    static func note(_ text: String) { StandardStreams.printError(text) }

    /// Prints an error; where it is a list of errors in one file, each on a line of its own.
    static func failure(_ error: TareError) {
        guard error.code == .invalid, !error.causes.isEmpty else { return note("error: \(error)") }
        for cause in error.causes {
            note("\(cause.subject): \(cause.message)" + (cause.hint.map { "; \($0)" } ?? ""))
        }
        note("error: \(error.subject): \(error.message)" + (error.hint.map { "\n  hint: \($0)" } ?? ""))
    }
}
