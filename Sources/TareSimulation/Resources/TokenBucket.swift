/// A rate with a burst: tokens drip in up to a bound and are spent; a volume's operations, an instance's CPU credits.
///
/// `level(t) = min(burst, level(t0) + rate * (t - t0))`. A reservation may take the level below zero: the debt is the
/// queue of those who wait, first come first served.
public struct TokenBucket: Sendable {
    /// Tokens a second.
    public private(set) var rate: Double

    /// The most tokens kept.
    public let burst: Double

    private var tokens: Double
    private var updated: SimTime

    /// A bucket at time zero.
    ///
    /// - Parameters:
    ///   - rate: tokens a second, positive.
    ///   - burst: the most tokens kept.
    ///   - initial: tokens at the start; full where not given.
    public init(rate: Double, burst: Double, initial: Double? = nil) {
        precondition(rate > 0 && burst >= 0, "a bucket needs a rate above zero and a burst of at least zero")
        self.rate = rate
        self.burst = burst
        tokens = min(initial ?? burst, burst)
        updated = .zero
    }

    /// Tokens at `now`; below zero is the debt of those who wait.
    public func level(at now: SimTime) -> Double {
        min(burst, tokens + rate * (now - updated).seconds)
    }

    /// Spends tokens that are there.
    ///
    /// - Returns: whether they were.
    public mutating func take(_ count: Double, at now: SimTime) -> Bool {
        let level = level(at: now)
        // A token that is short by the rounding of one nanosecond counts as there.
        guard level >= count - rate * 1e-9 else { return false }
        tokens = level - count
        updated = now
        return true
    }

    /// How long until `count` tokens are there, if nobody else takes any.
    ///
    /// - Returns: nothing where more than the burst is asked for, which never gathers.
    public func delay(until count: Double, at now: SimTime) -> SimDuration? {
        let level = level(at: now)
        if level >= count { return .zero }
        guard count <= burst else { return nil }
        return wait((count - level) / rate)
    }

    /// Spends tokens in turn, more than are there if need be.
    ///
    /// - Parameters:
    ///   - count: how many; may be more than the burst.
    ///   - now: the current instant.
    /// - Returns: when the last of them has dripped in: schedule the grant then.
    public mutating func reserve(_ count: Double, at now: SimTime) -> SimTime {
        tokens = level(at: now) - count
        updated = now
        return tokens >= 0 ? now : now + wait(-tokens / rate)
    }

    /// Changes the rate from `now` on.
    public mutating func setRate(_ rate: Double, at now: SimTime) {
        precondition(rate > 0, "a bucket needs a rate above zero")
        tokens = level(at: now)
        updated = now
        self.rate = rate
    }

    private func wait(_ seconds: Double) -> SimDuration {
        SimDuration(nanoseconds: Int64((seconds * 1e9).rounded(.up)))
    }
}
