import TareCore
import TareStatistics

/// Watches how well the quantities that matter are known in each cell: what a stopping rule is asked about.
///
/// Watched are the quantities that the rule names, else those of the scenario's claims, else every sum of the host; a cell
/// is precise when all of them are, on each platform that has them.
struct PrecisionWatch {
    /// One thing to know.
    private struct Target: Hashable {
        var quantity: String
        var subject: String
        var owner: Owner?
    }

    private struct Series: Hashable {
        var platform: Platform
        var mode: RunMode
        var target: Target
    }

    private let targets: Set<Target>?
    private var values: [Int: [Series: [Double]]] = [:]

    /// Decides what is watched.
    init(_ scenario: Scenario) {
        var targets: Set<Target> = []
        if let named = scenario.run.stopWhen?.quantities {
            for quantity in named { targets.insert(Target(quantity: quantity, subject: "host", owner: nil)) }
        } else {
            for claim in scenario.claims {
                guard let expression = try? QuantityExpression(parsing: claim.quantity) else { continue }
                var target = Target(quantity: expression.quantity, subject: expression.subject, owner: nil)
                targets.insert(target)
                guard case .share(let owner, _) = expression.function else { continue }
                target.owner = owner
                targets.insert(target)
            }
        }
        self.targets = targets.isEmpty ? nil : targets
    }

    /// Takes the samples of one step in; single instances count as their median.
    mutating func add(_ record: StepRecord, cell: Int) {
        for arm in record.arms {
            var found: [Series: [Double]] = [:]
            for sample in arm.samples {
                let target = Target(
                    quantity: sample.quantity, subject: SampleSeries.pooled(sample.subject), owner: sample.owner)
                guard targets?.contains(target) ?? (target.subject == "host" && target.owner == nil) else { continue }
                let series = Series(platform: sample.platform, mode: sample.mode, target: target)
                found[series, default: []].append(sample.value)
            }
            for (series, all) in found {
                guard let value = Quantile.median(all) else { continue }
                values[cell, default: [:]][series, default: []].append(value)
            }
        }
    }

    /// Whether every watched quantity of a cell is known as well as wanted; without samples nothing is.
    func isPrecise(_ cell: Int, rule: RunSettings.StopRule) -> Bool {
        guard let series = values[cell], !series.isEmpty else { return false }
        return series.values.allSatisfy { values in
            switch rule.of {
            case .median:
                let stop = StoppingRule(relativeHalfWidth: rule.halfWidth, minimum: 1, maximum: rule.most)
                return stop.decide(values) == .precise
            case .mean:
                let moments = Moments(values)
                guard let interval = moments.meanInterval().value else { return false }
                return interval.relativeHalfWidth(of: moments.mean) <= rule.halfWidth
            }
        }
    }
}
