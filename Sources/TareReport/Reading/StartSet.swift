import Glibc
import TareCore
import TareStatistics

/// The starts of one platform in one cell, failures among them as censored: they never finish.
struct StartSet: Sendable {
    /// VM or container.
    let platform: Platform
    /// Seconds to the first answer, sorted: all of them, or evenly spaced ranks.
    let seconds: [Double]
    /// Starts that answered.
    let ready: Double
    /// Starts that were asked for.
    let requested: Double
    /// Independent launches.
    let replications: Int
    /// What kind of numbers they are.
    let evidence: Evidence

    /// The share of the starts asked for that answered.
    var doneShare: Double { requested > 0 ? ready / requested : 0 }

    /// Starts that failed or never answered.
    var censored: Int { Int((requested - ready).rounded()) }

    /// The time by which a share of all starts asked for had answered; `nil` where too few are there or too many failed.
    func quantile(_ probability: Double) -> Double? {
        guard Int(requested) >= MinimumCount.forQuantile(probability), doneShare > 0, !seconds.isEmpty else {
            return nil
        }
        let inner = probability / doneShare
        return inner <= 1 ? Quantile.ofSorted(inner, seconds) : nil
    }

    /// Half the width of the 95% band around the curve (Dvoretzky-Kiefer-Wolfowitz), as a share.
    ///
    /// Starts side by side share a host, so only the replications count as independent.
    var halfBand: Double { (log(2 / 0.05) / (2 * Double(max(1, replications)))).squareRoot() }
}
