import TareCore
import TareLinux

/// What a plan will take, from trying some of its cells once.
public struct PlanForecast: Codable, Sendable, Hashable {
    /// Replications that were tried, one a cell.
    public var probes: Int
    /// Seconds on this machine with its threads.
    public var seconds: Double
    /// Bytes of journal, dataset and result.
    public var diskBytes: Double
    /// Samples.
    public var samples: Double

    enum CodingKeys: String, CodingKey {
        case probes, seconds, samples
        case diskBytes = "disk_bytes"
    }
}

extension Experiment {
    /// Tries the first, the middle and the largest cell once each, keeps nothing, and reckons from them.
    ///
    /// - Returns: the forecast, or `nil` where no runner simulates.
    /// - Throws: what the clock or an encoder throws; a cell that fails counts with the time that it took.
    public func forecast() async throws(TareError) -> PlanForecast? {
        guard !plan.cells.isEmpty, !runners.isEmpty, runners.allSatisfy({ $0.mode == .simulate }) else { return nil }
        let largest = plan.cells.indices.max { plan.cells[$0].instances < plan.cells[$1].instances } ?? 0
        let probes = Set([0, plan.cells.count / 2, largest]).sorted()
        let began = HostClock.monotonicNanoseconds()
        var bytes = 0
        var samples = 0
        for probe in probes {
            let record = await record(of: Plan.Step(cell: probe, replication: 0, isWarmUp: false))
            let kept = record.arms.flatMap(\.samples)
            samples += kept.count
            bytes += try record.line().utf8.count
            var dataset = Dataset(
                run: "", scenarioText: "", scenarioHash: "", seed: 0, version: "", machine: [:], startedAt: "",
                cells: [])
            dataset.samples = kept
            bytes += try DatasetText.bytes(dataset).count
        }
        let seconds = Double(HostClock.monotonicNanoseconds() - began) / 1e9
        let scale = Double(plan.steps.count) / Double(probes.count)
        return PlanForecast(
            probes: probes.count,
            seconds: seconds * scale / Double(threads),
            diskBytes: Double(bytes) * scale,
            samples: Double(samples) * scale
        )
    }
}
