import Glibc
import TareCore

/// Asks before something goes that cannot come back.
enum Confirmation {
    /// Asks on a terminal; without one, only `--force` goes on.
    ///
    /// - Throws: `usage` without a terminal; `cancelled` where the answer is not yes.
    static func ask(_ question: String, unless force: Bool) throws(TareError) {
        if force { return }
        guard isatty(0) == 1, isatty(2) == 1 else {
            throw TareError(.usage, subject: "--force", "nobody is here to be asked", hint: "say --force to do it")
        }
        Output.note(question + " [y/N]")
        guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
            throw TareError(.cancelled, subject: question, "nothing was removed")
        }
    }
}
