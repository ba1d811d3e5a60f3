import TareCore

/// Deals with several named things, each whatever became of the one before, as docker's verbs do.
enum NamedWork {
    /// What `--json` prints.
    struct Document: Encodable {
        /// One that was done.
        struct Done: Encodable {
            /// The word that it was called by.
            var subject: String
            /// What came of it: an id, a name, an exit code.
            var result: String
        }

        var done: [Done] = []
        var failed: [ErrorDocument.Failure] = []
    }

    /// Does something with each and prints what `body` returns; ends with the first failure's code where one failed.
    static func each(_ words: [String], json: Bool, _ body: (String) throws(TareError) -> String) throws {
        var document = Document()
        var failed: TareError?
        for word in words {
            do throws(TareError) {
                let result = try body(word)
                document.done.append(Document.Done(subject: word, result: result))
                if !json { try Output.data(result) }
            } catch {
                Output.failure(error)
                document.failed.append(ErrorDocument.Failure(error))
                failed = failed ?? error
            }
        }
        if json { try Output.document(document) }
        if let failed { throw Ending(code: failed.code.exitCode) }
    }

    /// The same for one thing that a verb has made or changed.
    static func one(_ word: String, _ result: String, json: Bool) throws(TareError) {
        if json { return try Output.document(Document(done: [Document.Done(subject: word, result: result)])) }
        try Output.data(result)
    }
}
