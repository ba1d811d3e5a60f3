import Glibc
import Testing

@testable import TareStatistics

/// A first-order autoregressive series about zero.
private func autoregressive(_ count: Int, _ weight: Double, _ generator: inout SeededGenerator) -> [Double] {
    var value = generator.normal() / (1 - weight * weight).squareRoot()
    return (0..<count).map { _ in
        value = weight * value + generator.normal()
        return value
    }
}

@Suite("Series: batch means and warm-up")
struct SeriesTests {
    // t = np.arange(100)
    private static let wave = (0..<100).map { 10 + sin(Double($0) * 1.7) }

    @Test("batch means agree with numpy and scipy")
    func batchMeans() throws {
        // m = (10 + sin(1.7 t) + .5 cos(.9 t)).reshape(20, 5).mean(1); t.interval(.95, 19, m.mean(), m.std(ddof=1) / sqrt(20))
        let series = (0..<100).map { 10 + sin(Double($0) * 1.7) + 0.5 * cos(Double($0) * 0.9) }
        let means = try #require(BatchMeans.of(series).value)
        #expect(agree(means.mean, 10.006786072362107))
        #expect(agree(means.interval.low, 9.906975937404194) && agree(means.interval.high, 10.10659620732002))
        // z = m - m.mean(); (z[1:] * z[:-1]).sum() / (z ** 2).sum()
        #expect(agree(means.lag1, -0.46095561440641347, to: 1e-8))
        // c = 1 - ((m[1:] - m[:-1]) ** 2).sum() / (2 * (z ** 2).sum()); norm.sf(c / sqrt(18 / 399))
        #expect(agree(means.lagPValue, 0.9838320559127085, to: 1e-8) && means.areIndependent)
        #expect(BatchMeans.of([1, 2, 3]) == .notEnoughData(have: 3, need: 40))
        #expect(BatchMeans.of(Array(series.prefix(47)), batches: 10).value?.leftOut == 7)
    }

    @Test("long batches cover the mean of a correlated series, single values do not")
    func coverage() throws {
        var generator = SeededGenerator(seed: 31)
        var batched = 0
        var single = 0
        let trials = 300
        for _ in 0..<trials {
            let series = autoregressive(1_200, 0.8, &generator)
            if BatchMeans.of(series).value?.interval.contains(0) == true { batched += 1 }
            if Moments(series).meanInterval().value?.contains(0) == true { single += 1 }
        }
        // 4 standard errors of 300 trials are 0.05; batches of 60 still lose about 0.01.
        #expect(abs(Double(batched) / Double(trials) - 0.94) < 0.05)
        // Correlation 0.8 makes the variance of the mean 9 times greater: 1.96 / 3 standard errors cover 0.49.
        #expect(Double(single) / Double(trials) < 0.6)
    }

    @Test("the lag-1 check refuses short batches and seldom refuses long ones")
    func lagCheck() throws {
        var generator = SeededGenerator(seed: 37)
        var short = 0
        var long = 0
        for _ in 0..<100 {
            let series = autoregressive(2_000, 0.9, &generator)
            if BatchMeans.of(Array(series.prefix(100))).value?.areIndependent == false { short += 1 }
            if BatchMeans.of(series, batches: 10).value?.areIndependent == false { long += 1 }
        }
        #expect(short > 50 && long < 15)
    }

    @Test("MSER-5 deletes what numpy says")
    func warmUp() throws {
        // min over d of m[d:].var() / (k - d) with m = x[:5k].reshape(k, 5).mean(1), at least 5 batches left
        let falling = (0..<100).map { 10 + 20 * exp(-Double($0) / 8) + sin(Double($0) * 1.7) }
        let found = try #require(WarmUp.mser5(falling).value)
        #expect(found.deleted == 35 && found.isFound && agree(found.mean, 10.018767502960499))
        #expect(WarmUp.mser5(SeriesTests.wave).value?.deleted == 0)
        // A drift has no end of warm-up: all but the last five batches would go.
        let drift = try #require(WarmUp.mser5((0..<100).map(Double.init)).value)
        #expect(drift.deleted == 75 && !drift.isFound && drift.mean == 87)
        #expect(WarmUp.mser5([1, 2, 3]) == .notEnoughData(have: 3, need: 50))
    }

    @Test("a bootstrap covers the mean of skewed values nearly as often as it says")
    func bootstrapCoverage() {
        var generator = SeededGenerator(seed: 41)
        var hits = 0
        let trials = 250
        for trial in 0..<trials {
            let values = (0..<25).map { _ in -log(1 - generator.unit()) }
            let interval = Bootstrap.interval(of: values, resamples: 400, seed: UInt64(trial)) { resample in
                var sum = 0.0
                for value in resample { sum += value }
                return sum / Double(resample.count)
            }
            if interval.value?.contains(1) == true { hits += 1 }
        }
        // Exponential values, n = 25: BCa covers about 0.92; 4 standard errors of 250 trials are 0.07.
        #expect(abs(Double(hits) / Double(trials) - 0.92) < 0.07)
    }

    @Test("the interval of the median covers it for skewed values too")
    func skewedMedian() {
        var generator = SeededGenerator(seed: 43)
        var hits = 0
        for _ in 0..<2_000 {
            let values = (0..<10).map { _ in -log(1 - generator.unit()) }
            if Quantile.interval(0.5, values).value?.interval.contains(log(2)) == true { hits += 1 }
        }
        // Ranks 2 and 9 of 10: 1 - 22 / 1024 = 0.9785; 2,000 trials stay within 4 standard errors (0.013).
        #expect(abs(Double(hits) / 2_000 - 0.9785) < 0.013)
    }
}

@Suite("Change points and steady states")
struct SteadyStateTests {
    private func noise(_ count: Int, _ seed: UInt64, _ level: (Int) -> Double) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { level($0) + 0.5 * generator.normal() }
    }

    @Test("the strongest change agrees with scipy's ranks")
    func pettitt() throws {
        // r = rankdata(x); U = 2 * cumsum(r) - t * (n + 1); K = max |U|; p = 2 exp(-6 K^2 / (n^3 + n^2)), x = r_[a, b]
        let change = try #require(ChangePoints.strongest((firstSample + secondSample)[...]))
        #expect(change.index == 10 && change.statistic == 78 && agree(change.pValue, 0.025924492386008552))
        #expect(ChangePoints.strongest([3, 3, 3]) == nil)
    }

    @Test("steps are found where they are", arguments: [UInt64(1), 2, 3, 4, 5])
    func steps(seed: UInt64) {
        let found = ChangePoints.find(noise(120, seed) { $0 < 40 ? 20 : $0 < 80 ? 12 : 15 })
        #expect(found.count == 2)
        #expect(zip(found, [40, 80]).allSatisfy { abs($0 - $1) <= 1 })
    }

    @Test("noise seldom shows a change")
    func falseAlarms() {
        let alarms = (0..<200).count { !ChangePoints.find(noise(100, UInt64(100 + $0)) { _ in 10 }).isEmpty }
        // 5% of 200 is 10; the approximation is conservative.
        #expect(alarms <= 16)
    }

    @Test("each class of series has its word")
    func classes() {
        #expect(SteadyState.check(noise(100, 7) { _ in 10 }).value == .flat)
        let warm = SteadyState.check(noise(100, 8) { $0 < 20 ? 30 : 10 }, tolerance: 0.05).value
        #expect(warm.flatMap(\.start).map { abs($0 - 20) <= 1 } == true)
        if case .warmUp = warm {} else { Issue.record("a falling level is a warm-up, not \(String(describing: warm))") }
        let slow = SteadyState.check(noise(100, 9) { $0 < 30 ? 10 : 14 }, tolerance: 0.05).value
        if case .slowDown = slow {
        } else {
            Issue.record("a rising level is a slow-down, not \(String(describing: slow))")
        }
        #expect(SteadyState.check([1, 2, 3]) == .notEnoughData(have: 3, need: 50))
    }

    @Test("a late change, a drift and a series that jumps have no steady state")
    func none() {
        for series in [
            noise(100, 10) { $0 < 85 ? 10 : 20 },
            noise(200, 11) { Double($0) },
            noise(160, 12) { ($0 / 20) % 2 == 0 ? 10 : 20 },
        ] {
            let answer = SteadyState.check(series, tolerance: 0.02).value
            #expect(answer.map { $0.start == nil } == true)
        }
    }

    @Test("a change smaller than the tolerance does not matter")
    func tolerance() {
        let series = noise(100, 13) { $0 < 85 ? 100 : 103 }
        #expect(SteadyState.check(series, tolerance: 0.1).value == .flat)
        #expect(SteadyState.check(series, tolerance: 0.001).value?.start == nil)
    }
}
