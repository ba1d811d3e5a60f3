import Testing

@testable import TareStatistics

let firstSample = [12.1, 15.3, 9.8, 20.4, 11.7, 13.9, 18.2, 10.5, 16.6, 14.8]
let secondSample = [8.1, 9.5, 7.7, 12.3, 6.9, 10.1, 11.2, 5.4, 9.0, 13.3]

@Suite("Estimates against scipy 1.17.1 and numpy 2.4.6")
struct EstimateTests {
    // numpy.quantile(a, [.1, .25, .5, .9])
    @Test("quantiles are of type 7", arguments: [(0.1, 10.43), (0.25, 11.8), (0.5, 14.35), (0.9, 18.42)])
    func quantile(probability: Double, expected: Double) throws {
        #expect(agree(try #require(Quantile.of(probability, firstSample)), expected))
    }

    @Test("no values have no quantile")
    func emptyQuantile() { #expect(Quantile.median([]) == nil) }

    // scipy.stats.quantile_test(np.arange(1, n + 1), q=0, p=p).confidence_interval(.95)
    @Test(
        "the order-statistic interval takes scipy's ranks",
        arguments: [
            (0.5, 6, 1, 6), (0.5, 10, 2, 9), (0.5, 30, 10, 21), (0.5, 59, 22, 38), (0.95, 400, 371, 389),
            (0.25, 30, 3, 13),
        ]
    )
    func orderStatistics(probability: Double, count: Int, low: Int, high: Int) throws {
        let found = try #require(Quantile.interval(probability, (1...count).map(Double.init)).value)
        #expect(found.lowRank == low && found.highRank == high)
        #expect(found.coverage >= 0.95)
    }

    @Test("too few values say how many are needed", arguments: [(0.5, 6), (0.95, 59), (0.99, 299)])
    func minimumCount(probability: Double, need: Int) {
        #expect(MinimumCount.forQuantile(probability) == need)
        let short = Quantile.interval(probability, (1..<need).map(Double.init))
        #expect(short == .notEnoughData(have: need - 1, need: need))
        let enough = Quantile.interval(probability, (1...need).map(Double.init)).value
        #expect((enough?.coverage ?? 0) >= 0.95)
    }

    @Test("the interval of the median covers it as often as it says")
    func medianCoverage() {
        var generator = SeededGenerator(seed: 11)
        var hits = 0
        for _ in 0..<2_000 {
            let values = (0..<15).map { _ in generator.normal() }
            if Quantile.interval(0.5, values).value?.interval.contains(0) == true { hits += 1 }
        }
        // Exact coverage of ranks 4 and 12 of 15 is 0.9648; 2,000 trials stay within 4 standard errors (0.0165).
        #expect(abs(Double(hits) / 2_000 - 0.9648) < 0.0165)
    }

    @Test("moments and Student's interval agree with scipy")
    func moments() throws {
        let moments = Moments(firstSample)
        #expect(agree(moments.mean, 14.33) && agree(moments.standardDeviation, 3.422166305459485))
        let interval = try #require(moments.meanInterval().value)  // t.interval(.95, 9, mean, sem)
        #expect(agree(interval.low, 11.881929700009444) && agree(interval.high, 16.77807029999056))
    }

    @Test("BCa intervals agree with scipy's")
    func bootstrap() throws {
        // scipy.stats.bootstrap((a,), np.mean, n_resamples=200000, method='BCa'): 12.48, 16.50
        let mean = try #require(
            Bootstrap.interval(of: firstSample) { $0.reduce(0, +) / Double($0.count) }.value
        )
        #expect(abs(mean.low - 12.48) < 0.15 && abs(mean.high - 16.50) < 0.15)
        // The ratio of medians of (a, b), n_resamples=100000: 1.1607, 2.0714
        let ratio = try #require(
            Bootstrap.interval(of: firstSample, secondSample, resamples: 4_000) {
                (Quantile.median($0) ?? 0) / (Quantile.median($1) ?? 1)
            }.value
        )
        #expect(abs(ratio.low - 1.1607) < 0.08 && abs(ratio.high - 2.0714) < 0.08)
    }

    @Test("a bootstrap is repeated by its seed and exact for equal values")
    func bootstrapSeed() {
        func run(_ seed: UInt64) -> Interval? {
            Bootstrap.interval(of: firstSample, resamples: 500, seed: seed) { $0.max() ?? 0 }.value
        }
        #expect(run(3) == run(3))
        let equal = Bootstrap.interval(of: [Double](repeating: 7, count: 8), resamples: 100) { $0[0] }.value
        #expect(equal?.isExact == true)
        #expect(Bootstrap.interval(of: [1, 2]) { $0[0] } == .notEnoughData(have: 2, need: 6))
    }

    @Test("a summary withholds what the sample cannot carry")
    func summary() throws {
        let summary = try #require(Summary(firstSample))
        #expect(summary.p95 == .notEnoughData(have: 10, need: 59))
        #expect(summary.medianInterval.value?.low == 10.5 && summary.medianInterval.value?.high == 18.2)
        #expect(Summary([Double]()) == nil)
    }

    @Test("outliers are flagged and kept")
    func outliers() {
        let values = [10, 11, 12, 11, 10, 12, 11, 50.0]
        #expect(OutlierFlags.tukey(values) == [false, false, false, false, false, false, false, true])
        #expect(OutlierFlags.medianDeviation(values).last == true)
        #expect(Summary(values)?.maximum == 50)
    }

    @Test("repeating stops at the wanted precision, and at the greatest count in any case")
    func stopping() throws {
        let rule = StoppingRule(relativeHalfWidth: 0.05, minimum: 10, maximum: 20)
        #expect(rule.decide([Double](repeating: 3, count: 9)) == .goOn)
        #expect(rule.decide([Double](repeating: 3, count: 10)) == .precise)
        #expect(rule.decide(firstSample) == .goOn)
        #expect(rule.decide(firstSample + secondSample) == .exhausted)
        let near = try #require(StoppingRule.expectedInterval(at: 20, pilot: firstSample).value)
        let far = try #require(StoppingRule.expectedInterval(at: 200, pilot: firstSample).value)
        #expect(far.halfWidth < near.halfWidth)
    }
}
