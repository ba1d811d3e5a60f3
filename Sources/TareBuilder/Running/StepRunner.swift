import TareCore

/// Runs a command of `RUN` in a root that is mounted already.
///
/// The root is the caller's: the runner mounts in it only where nobody else sees it, and leaves nothing mounted.
public protocol StepRunner: Sendable {
    /// Runs a command to its end.
    ///
    /// - Parameters:
    ///   - command: what, where and as whom.
    ///   - onLine: takes each line that it prints, standard error with standard output.
    /// - Returns: the exit code; 128 and the signal's number where a signal ended it.
    /// - Throws: `unavailable` where nothing can be started here; `cancelled`, and then the command is gone.
    func run(_ command: StepCommand, onLine: @escaping @Sendable (String) -> Void) async throws(TareError) -> Int32
}
