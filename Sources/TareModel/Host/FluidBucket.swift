import TareSimulation

/// A bucket that is drained and filled continuously: a burstable host's CPU credits, a volume card's burst.
///
///     d level / dt = baseline - used,   0 <= level <= most
///
/// `used` is constant between two calls of `update`. Empty, the station behind it has the baseline only; it gets its full
/// capacity back when `restart` of tokens have gathered, so that it does not switch at every instant.
struct FluidBucket {
    /// Units that drip in a second.
    let baseline: Double
    private let most: Double
    private let restart: Double
    private(set) var level: Double
    private(set) var isEmpty = false
    private var used = 0.0
    private var updated = SimTime.zero

    /// A full bucket.
    init(baseline: Double, balance: Double) {
        self.baseline = max(1e-6, baseline)
        most = max(0, balance)
        level = most
        restart = min(most, self.baseline * 0.1)
        isEmpty = most <= 0
    }

    /// Accounts for the time since the last call, and notes the use from now on.
    ///
    /// - Returns: whether it went empty or came back.
    mutating func update(used now: Double, at time: SimTime) -> Bool {
        level = min(most, max(0, level + (baseline - used) * (time - updated).seconds))
        updated = time
        used = now
        let before = isEmpty
        if isEmpty {
            if most > 0, level >= restart - 1e-9 * most { isEmpty = false }
        } else if level <= 1e-9 * max(1, most), used > baseline {
            isEmpty = true
            level = 0
        }
        return before != isEmpty
    }

    /// When it changes by itself; nothing where it does not.
    var change: SimTime? {
        let seconds: Double
        if isEmpty {
            guard most > 0, used < baseline else { return nil }
            seconds = (restart - level) / (baseline - used)
        } else {
            guard used > baseline else { return nil }
            seconds = level / (used - baseline)
        }
        guard seconds < 1e9 else { return nil }
        return updated + SimDuration(nanoseconds: Int64((max(0, seconds) * 1e9).rounded(.up)) + 1)
    }
}
