import TareCore

/// A full guest that has reached its default target, or ended on the way.
///
/// It is killed with the value, and used by one thread at a time.
public final class RunningGuest {
    /// Its machine.
    public let machine: GuestMachine
    /// The port of 127.0.0.1 that reaches its service.
    public let port: Int
    /// How it came there.
    public let timeline: BootTimeline

    init(machine: GuestMachine, port: Int, timeline: BootTimeline) {
        self.machine = machine
        self.port = port
        self.timeline = timeline
    }

    /// Its memory as the host sees it now; some milliseconds.
    ///
    /// - Returns: by address range.
    /// - Throws: `notFound` where it has ended.
    public func memory() throws(TareError) -> GuestMemoryOutside {
        try GuestMemoryOutside(process: machine.process, blocks: [machine.plan.memory])
    }

    /// What it has asked of its disk since it started.
    ///
    /// - Returns: bytes and requests.
    /// - Throws: `unavailable` where it has ended.
    public func disk() throws(TareError) -> BlockStatistics {
        try machine.monitor { monitor, deadline throws(TareError) in
            try monitor.blockStatistics(deadline: deadline)["disk"] ?? .zero
        }
    }

    /// Lets what it prints and tells pass for a while, since a guest whose console nobody reads waits in the end.
    ///
    /// - Parameter seconds: how long; ends early where the guest ends.
    /// - Throws: as `GuestMachine.next`.
    public func attend(seconds: Double) throws(TareError) {
        let deadline = Deadline.after(seconds: seconds)
        while let event = try machine.next(until: deadline) {
            if case .mark = event { machine.proceed() }
        }
    }

    /// Ends it; see `GuestMachine.stop(grace:)`.
    ///
    /// - Parameter grace: seconds for it to power off by itself; 0 ends it at once.
    /// - Returns: how it ended.
    @discardableResult
    public func stop(grace: Double = 0) -> GuestEnding { machine.stop(grace: grace) }
}
