import Glibc
import TareLinux

/// How often a transfer that broke is tried again, and how long is waited between two tries.
public struct RetryPolicy: Sendable, Hashable {
    /// Tries in all without any progress between them.
    public var tries: Int
    /// Seconds before the second try; doubled with each.
    public var firstWait: Double
    /// The longest wait in seconds, also for a server's `Retry-After`.
    public var longestWait: Double

    /// Five tries, from 0.2 s on, at most 20 s apart.
    public init(tries: Int = 5, firstWait: Double = 0.2, longestWait: Double = 20) {
        self.tries = tries
        self.firstWait = firstWait
        self.longestWait = longestWait
    }

    /// Seconds to wait after `failed` tries.
    ///
    /// - Parameters:
    ///   - failed: the tries that failed in a row, from 1.
    ///   - asked: the server's `Retry-After` in seconds.
    /// - Returns: seconds.
    func wait(after failed: Int, asked: Double? = nil) -> Double {
        min(max(firstWait * Double(1 << min(failed - 1, 16)), asked ?? 0), longestWait)
    }

    /// Blocks for `seconds`.
    static func sleep(_ seconds: Double) {
        let end = HostClock.monotonicNanoseconds() + UInt64(max(seconds, 0) * 1e9)
        while !InterruptFlag.isRaised {
            let now = HostClock.monotonicNanoseconds()
            guard now < end else { return }
            // In pieces, so that an interrupt that came between the check and the sleep is seen soon.
            usleep(UInt32(min(end - now, 100_000_000) / 1000))
        }
    }
}
