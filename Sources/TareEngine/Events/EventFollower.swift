import Glibc
import TareCore
import TareLinux

/// Tells of events as they come, from the moment on at which it was made.
public struct EventFollower: Sendable {
    private let start: FilePlace

    /// Begins at the end of what the log has now.
    public init(_ log: EventLog) { start = FilePlace(log.path) }

    /// Calls `body` with each event, and asks every 50 ms whether there is one, until `body` or an interrupt ends it.
    ///
    /// - Parameter body: gets an event; `false` ends the following.
    /// - Throws: what `body` throws; `TareError` where the log cannot be read.
    public func run(_ body: (EngineEvent) throws(TareError) -> Bool) throws(TareError) {
        var place = start
        var rest: [UInt8] = []
        while !InterruptFlag.isRaised {
            let bytes = try place.more()
            if bytes.isEmpty {
                usleep(50_000)
                continue
            }
            rest += bytes
            let (events, taken) = EventLog.events(in: rest)
            rest.removeFirst(taken)
            for event in events where try !body(event) { return }
        }
    }
}
