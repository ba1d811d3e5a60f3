import Glibc
import Synchronization

/// Signals that came to this process and are to go to a container.
enum SignalInbox {
    private static let pending = Atomic<UInt64>(0)

    /// Catches the signals that a container's user sends: all that can be caught and that end a process.
    static func open() {
        for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2] {
            // An atomic word is all that a handler may touch.
            signal(number) { SignalInbox.pending.bitwiseOr(1 << UInt64($0), ordering: .relaxed) }
        }
    }

    /// The signals since the last call, by number.
    static func take() -> [Int32] {
        let bits = pending.exchange(0, ordering: .relaxed)
        return (1..<64).filter { bits & (1 << UInt64($0)) != 0 }.map(Int32.init)
    }
}
