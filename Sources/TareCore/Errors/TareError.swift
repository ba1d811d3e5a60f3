/// The one error that crosses a module's border.
///
/// It says what was wanted, what happened and what to do, so that the command line can print it as it is:
///
///     TareError(.notFound, subject: "web.yaml", "cannot read the scenario: no such file",
///               hint: "write one with `tare init`")
public struct TareError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is: decides the exit code.
    public var code: Code
    /// What it is about: a path, `file:line:column`, an image name, a verb.
    public var subject: String
    /// What was wanted and what happened, in one sentence without a final stop.
    public var message: String
    /// What to do about it.
    public var hint: String?
    /// The errno behind it, where there is one.
    public var errno: Int32?
    /// The errors behind it, and those of a clean-up that failed as well.
    public var causes: [TareError]

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: what kind of failure it is.
    ///   - subject: what it is about.
    ///   - message: what was wanted and what happened.
    ///   - hint: what to do about it.
    ///   - errno: the errno behind it.
    ///   - causes: the errors behind it.
    public init(
        _ code: Code,
        subject: String,
        _ message: String,
        hint: String? = nil,
        errno: Int32? = nil,
        causes: [TareError] = []
    ) {
        self.code = code
        self.subject = subject
        self.message = message
        self.hint = hint
        self.errno = errno
        self.causes = causes
    }

    /// `subject: message` and, on lines of their own, the causes and what to do.
    public var description: String {
        var lines = [subject.isEmpty ? message : "\(subject): \(message)"]
        for cause in causes { lines.append("  because: \(cause.description)") }
        if let hint { lines.append("  hint: \(hint)") }
        return lines.joined(separator: "\n")
    }
}
