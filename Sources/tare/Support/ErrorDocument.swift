import TareCore

/// What `--json` prints where a verb fails: one document, so that a pipe always has one to parse.
///
/// The JSON keys are public (Docs/schemas/error.schema.json).
struct ErrorDocument: Encodable {
    /// One error, with the errors behind it.
    struct Failure: Encodable {
        var code: String
        var subject: String?
        var message: String
        var hint: String?
        var causes: [Failure]

        init(_ error: TareError) {
            code = error.code.name
            subject = error.subject
            message = error.message
            hint = error.hint
            causes = error.causes.map(Failure.init)
        }

        init(usage message: String) {
            code = TareError.Code.usage.name
            self.message = message
            causes = []
        }
    }

    var error: Failure
    var exitCode: Int32

    enum CodingKeys: String, CodingKey {
        case error
        case exitCode = "exit_code"
    }

    init(_ error: TareError) {
        self.error = Failure(error)
        exitCode = error.code.exitCode.rawValue
    }

    init(usage message: String) {
        error = Failure(usage: message)
        exitCode = TareCore.ExitCode.usage.rawValue
    }

    /// Prints the document where the command line asked for one; a result that was printed before it stays the only one.
    func print(for words: [String]) {
        guard words.prefix(while: { $0 != "--" }).contains("--json"), !Output.hasData,
            let text = try? JSONText.encode(self)
        else { return }
        try? Output.data(text)
    }
}
