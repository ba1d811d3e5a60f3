import TareCore
import TareStatistics

/// How precise a plan's start times will be, reckoned from an earlier run of the same scenario.
public struct PilotPrecision: Codable, Sendable, Hashable {
    /// The cell's id.
    public var cell: String
    /// VM or container.
    public var platform: Platform
    /// Replications of the pilot.
    public var pilot: Int
    /// Half the expected interval as a share of the median; `nil` where the plan or the pilot is too small for one.
    public var halfWidth: Double?
    /// The fewest replications for the wanted precision; `nil` where more than 10,000 are needed or none was wanted.
    public var needed: Int?

    enum CodingKeys: String, CodingKey {
        case cell, platform, pilot, needed
        case halfWidth = "half_width"
    }

    /// Reckons for every cell and platform of a pilot.
    ///
    /// - Parameters:
    ///   - pilot: an earlier run of the scenario.
    ///   - replications: that are planned.
    ///   - target: the wanted half width as a share of the median, or `nil`.
    /// - Returns: a row a cell and platform that has start times.
    /// - Complexity: O(samples log samples).
    public static func rows(pilot: Dataset, replications: Int, target: Double?) -> [PilotPrecision] {
        let wanted = StartMark.firstResponse.quantity
        let series = SampleSeries(pilot.samples.filter { $0.quantity == wanted && $0.subject == "host" })
        return series.keys.flatMap { key in
            Platform.allCases.compactMap { platform in
                guard let side = series.side(key, platform) else { return nil }
                let values = side.byReplication.map(\.value)
                return PilotPrecision(
                    cell: key.cell,
                    platform: platform,
                    pilot: values.count,
                    halfWidth: halfWidth(at: replications, values),
                    needed: target.flatMap { needed(values, $0) }
                )
            }
        }
    }

    private static func halfWidth(at count: Int, _ pilot: [Double]) -> Double? {
        guard let median = Quantile.median(pilot),
            let interval = StoppingRule.expectedInterval(at: count, pilot: pilot).value
        else { return nil }
        let width = interval.relativeHalfWidth(of: median)
        return width.isFinite ? width : nil
    }

    private static func needed(_ pilot: [Double], _ target: Double) -> Int? {
        var count = MinimumCount.forQuantile(0.5)
        while count <= 10_000 {
            guard let width = halfWidth(at: count, pilot) else { return nil }
            if width <= target { return count }
            count += max(1, count / 20)
        }
        return nil
    }
}
