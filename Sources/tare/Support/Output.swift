import Glibc
import TareCore

/// Data go to standard output, everything else to standard error, both by write(2).
enum Output {
    /// Writes data and a newline to standard output.
    static func data(_ text: String) throws(TareError) {
        guard write(text + "\n", to: 1) else {
            throw TareError(.cannotWrite, subject: "standard output", "cannot write the result", errno: errno)
        }
    }

    /// Writes a message and a newline to standard error.
    static func note(_ text: String) { _ = write(text + "\n", to: 2) }

    /// Prints an error; where it is a list of errors in one file, each on a line of its own.
    static func failure(_ error: TareError) {
        guard error.code == .invalid, !error.causes.isEmpty else { return note("error: \(error)") }
        for cause in error.causes {
            note("\(cause.subject): \(cause.message)" + (cause.hint.map { "; \($0)" } ?? ""))
        }
        note("error: \(error.subject): \(error.message)" + (error.hint.map { "\n  hint: \($0)" } ?? ""))
    }

    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }
}
