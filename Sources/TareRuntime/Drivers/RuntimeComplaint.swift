import FoundationEssentials
import TareCore

/// Turns what crun or runc printed before they failed into an error that says what to do.
enum RuntimeComplaint {
    /// The error.
    ///
    /// - Parameters:
    ///   - text: their log or standard error.
    ///   - subject: the container or its folder.
    ///   - wanted: what was tried: `cannot start the container`.
    ///   - program: the runtime's path.
    ///   - status: its exit status.
    /// - Returns: the error, with the runtime's own words.
    static func error(text: String, subject: String, wanted: String, program: String, status: Int32) -> TareError {
        let name = program.split(separator: "/").last.map(String.init) ?? "the runtime"
        let words = lines(text).suffix(2).joined(separator: "; ")
        let lower = words.lowercased()
        let (code, hint): (TareError.Code, String?) =
            if status == 127 {
                (.unavailable, "install it: Scripts/install names the Debian packages")
            } else if lower.contains("executable file") || lower.contains("no such file or directory") {
                (.notFound, "look at the program, the working folder and the mounts of the container")
            } else if lower.contains("does not exist") || lower.contains("not found") {
                (.notFound, nil)
            } else if lower.contains("already exists") || lower.contains("exists") {
                (.exists, "remove the container of that name first")
            } else if lower.contains("permission denied") || lower.contains("operation not permitted") {
                (.noPermission, nil)
            } else if lower.contains("not running") || lower.contains("is not paused") || lower.contains("stopped") {
                (.invalid, nil)
            } else {
                (.internal, nil)
            }
        let said = words.isEmpty ? "\(name) ended with status \(status)" : "\(name): \(words)"
        return TareError(code, subject: subject, "\(wanted): \(said)", hint: hint)
    }

    /// The sentences: plain lines, or the `msg` of lines that the runtimes write as fields or JSON.
    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { line in
            guard let start = line.firstRange(of: "msg=\"")?.upperBound ?? line.firstRange(of: "\"msg\":\"")?.upperBound
            else {
                return String(line)
            }
            let rest = line[start...].replacing("\\\"", with: "'")
            return String(rest.prefix { $0 != "\"" })
        }
    }
}
