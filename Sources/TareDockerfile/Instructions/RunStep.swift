/// `RUN`.
public struct RunStep: Hashable, Sendable {
    /// The command; the text of heredocs is in it.
    public var command: CommandForm
    /// `--mount`, as written: variables in it are not replaced yet.
    public var mounts: [SyntaxWord]
    /// `--network`.
    public var network: Network
    /// Heredocs of the command, in order.
    public var documents: [Heredoc]

    /// What network a command sees.
    public enum Network: String, Hashable, Sendable, CaseIterable {
        /// That of the builder.
        case `default`
        /// None but loopback.
        case none
        /// The host's own.
        case host
    }

    /// The text that a script in a heredoc gives, where the command is nothing but one heredoc.
    ///
    /// Such a script that begins with `#!` is started as a file, any other is the shell's.
    public var script: Heredoc? {
        guard documents.count == 1, case .shell(let line) = command, line.hasPrefix("<<") else { return nil }
        let first = line.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        let words = try? WordExpansion(keepsUnset: true, keepsQuotes: true, keepsEscapes: true).words(of: String(first))
        return words?.count == 1 ? documents[0] : nil
    }
}
