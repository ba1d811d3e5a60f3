import TareCore
import TareStatistics

/// Watches how well the sums of each cell are known: what a stopping rule is asked about.
///
/// It looks at every quantity of the host as a whole (disk, memory, the last start); a run is precise when all are.
struct PrecisionWatch {
    private struct Series: Hashable {
        var platform: Platform
        var mode: RunMode
        var quantity: String
    }

    private var values: [Int: [Series: [Double]]] = [:]

    /// Takes the samples of one step in.
    mutating func add(_ record: StepRecord, cell: Int) {
        for sample in record.arms.flatMap(\.samples) where sample.subject == "host" && sample.owner == nil {
            let series = Series(platform: sample.platform, mode: sample.mode, quantity: sample.quantity)
            values[cell, default: [:]][series, default: []].append(sample.value)
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
