import TareCore
import TareLinux

/// The turn to measure on an engine: one replication at a time, also among processes, since two would weigh each other.
final class MeasuringTurn: Sendable {
    private let lock: FileLock

    /// Waits for the turn; it ends with the value, or with the process.
    ///
    /// - Parameter state: the engine's state folder.
    /// - Throws: `TareError` where the lock's file cannot be made.
    init(state: String) throws(TareError) {
        lock = try FileLock(PathText.join(state, "measuring.lock"), waiting: true)
    }
}
