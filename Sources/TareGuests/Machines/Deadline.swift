import TareLinux

/// Moments on the monotonic clock that waiting ends at.
enum Deadline {
    /// The moment that many seconds from now.
    static func after(seconds: Double) -> UInt64 {
        HostClock.monotonicNanoseconds() + UInt64(max(0, seconds) * 1e9)
    }

    /// What poll(2) is to wait: whole milliseconds, rounded up, 0 where it has passed.
    static func milliseconds(until deadline: UInt64) -> Int32 {
        let now = HostClock.monotonicNanoseconds()
        guard deadline > now else { return 0 }
        return Int32(clamping: (deadline - now + 999_999) / 1_000_000)
    }
}
