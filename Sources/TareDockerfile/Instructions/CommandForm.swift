/// A command as an instruction gives it.
public enum CommandForm: Hashable, Sendable {
    /// A line for the shell that `SHELL` names, `/bin/sh -c` without one.
    case shell(String)
    /// A program and its words, which no shell sees.
    case exec([String])

    /// The words that start it.
    ///
    /// - Parameter shell: the shell of the shell form.
    /// - Returns: the program, then its words.
    public func words(shell: [String]) -> [String] {
        switch self {
        case .shell(let line): shell + [line]
        case .exec(let words): words
        }
    }
}
