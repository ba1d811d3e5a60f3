import CTareLinux
import TareCore

/// Ctrl-C once asks to finish the current sample and save; twice stops now, with exit code 130.
///
/// The flag is the process's, as signals are. Loops ask `isRaised` between two steps.
public enum InterruptFlag {
    /// Catches SIGINT and SIGTERM from now on.
    ///
    /// - Throws: `internal` with the errno where the kernel refuses.
    public static func install() throws(TareError) {
        let failure = tare_interrupt_install()
        if failure != 0 { throw .system("cannot catch interrupts", subject: "signals", errno: failure) }
    }

    /// Gives both signals their default meaning back and lowers the flag.
    public static func remove() { tare_interrupt_remove() }

    /// Whether an interrupt arrived since `install()`.
    public static var isRaised: Bool { tare_interrupt_count() > 0 }

    /// Throws `cancelled` where an interrupt arrived: the one line a loop needs.
    ///
    /// - Parameter subject: what was interrupted, for the message.
    /// - Throws: `cancelled` where an interrupt arrived.
    public static func check(_ subject: String) throws(TareError) {
        guard isRaised else { return }
        throw TareError(.cancelled, subject: subject, "interrupted; what was finished is saved")
    }
}
