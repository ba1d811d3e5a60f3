import TareCore

/// Deals with several named things, each whatever became of the one before, as docker's verbs do.
enum NamedWork {
    /// Does something with each and prints what `body` returns; ends with the first failure's code where one failed.
    static func each(_ words: [String], _ body: (String) throws(TareError) -> String?) throws {
        var failed: TareError?
        for word in words {
            do throws(TareError) {
                if let text = try body(word) { try Output.data(text) }
            } catch {
                Output.failure(error)
                failed = failed ?? error
            }
        }
        if let failed { throw Ending(code: failed.code.exitCode) }
    }
}
