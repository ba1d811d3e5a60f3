/// What happens on a guest's machine, in the order in which Tare saw it.
public enum GuestEvent: Sendable, Hashable {
    /// A line on the console.
    case line(String)
    /// A counted guest's mark; its CPU waits until `GuestMachine.proceed()`.
    case mark(CountedMark)
    /// An event of the monitor.
    case monitor(MonitorEvent)
    /// The end, always the last.
    case ended(GuestEnding)
}
