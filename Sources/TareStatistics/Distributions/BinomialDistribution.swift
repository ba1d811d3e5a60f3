import Glibc

/// The number of successes in independent trials.
public enum BinomialDistribution {
    /// The probability of at most `successes` in `trials` with a chance of `chance` each.
    public static func cumulative(_ successes: Int, trials: Int, chance: Double) -> Double {
        precondition(trials >= 0 && (0...1).contains(chance), "trials are counted and a chance is between 0 and 1")
        if successes < 0 { return 0 }
        if successes >= trials { return 1 }
        return SpecialFunctions.incompleteBeta(1 - chance, Double(trials - successes), Double(successes + 1))
    }

    /// The exact (Clopper-Pearson) interval of the chance, from `successes` in `trials`.
    ///
    /// Its coverage is at least `level` for every chance: used to judge how often an interval covers.
    public static func interval(successes: Int, trials: Int, level: Double = 0.95) -> Interval {
        precondition(trials > 0 && (0...trials).contains(successes), "successes are counted among trials")
        let tail = (1 - level) / 2
        let k = Double(successes)
        let n = Double(trials)
        let low = successes == 0 ? 0 : BetaDistribution.quantile(tail, alpha: k, beta: n - k + 1)
        let high = successes == trials ? 1 : BetaDistribution.quantile(1 - tail, alpha: k + 1, beta: n - k)
        return Interval(low: low, high: high, level: level)
    }
}
