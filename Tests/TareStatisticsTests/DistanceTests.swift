import Testing

@testable import TareStatistics

@Suite("Kolmogorov-Smirnov and scaling against scipy 1.17.1")
struct DistanceTests {
    // u = np.arange(1, 101) ** 1.5; v = np.arange(1, 81) * 9.0 + 3
    private static let long = (1...100).map { Double($0) * Double($0).squareRoot() }
    private static let other = (1...80).map { Double($0) * 9 + 3 }

    // ks_2samp(first, second, method='exact')
    @Test(
        "the exact test",
        arguments: [
            (firstSample, secondSample, 0.6, 0.05244755244755244),
            (firstSample, Array(secondSample.prefix(7)), 0.6571428571428571, 0.03609625668449197),
            (long, other, 0.2, 0.04985661008315778),
            (
                [1, 2, 2, 3, 5, 6, 7, 7, 8, 4, 9, 3], [2, 4, 5, 3, 4, 9, 10, 11, 12, 4, 7, 5], 0.25,
                0.8689816711757754
            ),
        ]
    )
    func exact(first: [Double], second: [Double], distance: Double, p: Double) throws {
        let test = try #require(KolmogorovSmirnov.test(first, second).value)
        #expect(test.isExact && agree(test.distance, distance) && agree(test.pValue, p))
    }

    @Test("beyond a million arrangements p is the limit's, near the exact one")
    func limit() throws {
        // kstwobign.sf(0.2 * sqrt(100 * 80 / 180))
        #expect(agree(KolmogorovDistribution.survival(0.2 * (8_000.0 / 180).squareRoot()), 0.05712966989683206))
        var generator = SeededGenerator(seed: 2)
        let first = (0..<1_100).map { _ in generator.normal() }
        let test = try #require(KolmogorovSmirnov.test(first, first.map { $0 + 1 }).value)
        #expect(!test.isExact && test.pValue < 1e-9)
        #expect(KolmogorovSmirnov.test(first, first).value?.pValue == 1)
        #expect(KolmogorovSmirnov.test([1, 2], first) == .notEnoughData(have: 2, need: 5))
    }

    @Test("an exponent with its interval")
    func scaling() throws {
        // r = linregress(log(N), log(T)); r.slope +- t.ppf(.975, 4) * r.stderr
        let fit = try #require(
            ScalingExponent.fit([1, 2, 5, 10, 20, 50], [1.9, 2.3, 3.6, 6.4, 11.9, 30.2]).value
        )
        #expect(agree(fit.slope, 0.7124358584117364) && agree(fit.factor, 1.4657382476132839))
        #expect(agree(fit.interval.low, 0.5134723546910223) && agree(fit.interval.high, 0.9113993621324505))
        #expect(agree(fit.determination, 0.9611037803318435))
        let straight = try #require(ScalingExponent.fit([1, 2, 4], [3, 6, 12]).value)
        #expect(agree(straight.slope, 1) && straight.interval.halfWidth < 1e-6)
        #expect(ScalingExponent.fit([2, 2, 2], [1, 2, 3]) == .notEnoughData(have: 1, need: 3))
    }
}

@Suite("Empirical distributions against scipy 1.17.1")
struct KaplanMeierCurveTests {
    @Test("the curve with censored values is Kaplan-Meier's")
    func censored() throws {
        // ecdf(CensoredData(uncensored=[1, 2, 4, 5, 7], right=[3, 6, 9])).cdf
        let curve = try #require(KaplanMeierCurve([7, 2, 4, 5, 1], censored: [3, 6, 9]))
        let expected = [0.125, 0.25, 0.25, 0.4, 0.55, 0.55, 0.775, 0.775]
        #expect(curve.steps.map(\.value) == [1, 2, 3, 4, 5, 6, 7, 9])
        #expect(zip(curve.steps, expected).allSatisfy { agree($0.probability, $1, to: 1e-12) })
    }

    @Test("timeouts keep the curve below 1 and hide the upper quantiles")
    func timeouts() throws {
        // ecdf(CensoredData(uncensored=[1, ..., 8], right=[9, 9])).cdf: .1, .2, ..., .8, .8
        let curve = try #require(KaplanMeierCurve((1...8).map(Double.init), censored: [9, 9]))
        #expect(curve.probability(at: 8.5) == 0.8 && curve.probability(at: 100) == 0.8)
        #expect(curve.quantile(0.5) == 5 && curve.quantile(0.8) == 8 && curve.quantile(0.9) == nil)
        #expect(curve.band(at: 100).high == 1 && curve.quantileBand(0.5).high == .infinity)
        #expect(curve.count == 10 && curve.censored == 2)
    }

    @Test(
        "the band is Dvoretzky-Kiefer-Wolfowitz's", arguments: [(10, 0.4294694083467376), (100, 0.13581015157406195)])
    func band(count: Int, half: Double) throws {
        // sqrt(log(2 / .05) / (2 * n))
        let curve = try #require(KaplanMeierCurve((1...count).map(Double.init)))
        #expect(agree(curve.halfWidth, half))
        let middle = curve.band(at: Double(count) / 2)
        #expect(agree(middle.low, 0.5 - half) && agree(middle.high, 0.5 + half))
        #expect(curve.probability(at: 0) == 0 && curve.band(at: 0).low == 0)
        #expect(curve.probability(at: Double(count)) == 1)
    }

    @Test("the band covers the whole true curve as often as it says, whatever is censored")
    func coverage() throws {
        var generator = SeededGenerator(seed: 23)
        var hits = 0
        for trial in 0..<500 {
            let values = (0..<40).map { _ in generator.unit() }
            // Every second trial loses what is above 0.8, and by chance some below.
            let limits = values.map { _ in trial % 2 == 0 ? 2 : min(0.8, 2 * generator.unit()) }
            let seen = zip(values, limits).filter { $0 <= $1 }.map(\.0)
            let lost = zip(values, limits).filter { $0 > $1 }.map(\.1)
            let curve = try #require(KaplanMeierCurve(seen, censored: lost))
            let previous = [0] + curve.steps.map(\.high)
            // The true curve of uniform values is the value itself; the extremes are at the steps.
            let holds = curve.steps.enumerated().allSatisfy { index, step in
                let before = index == 0 ? min(1, curve.halfWidth) : previous[index]
                return step.low <= step.value && step.value <= before + 1e-12
            }
            if holds { hits += 1 }
        }
        #expect(Double(hits) / 500 >= 0.93)
    }

    @Test("no value has no distribution, and a quantile's band encloses it")
    func edges() throws {
        #expect(KaplanMeierCurve([]) == nil)
        let curve = try #require(KaplanMeierCurve((1...100).map(Double.init)))
        let band = curve.quantileBand(0.5)
        #expect(band.low == 37 && band.high == 64)
        #expect(curve.quantileBand(0.05).low == -.infinity)
        let only = try #require(KaplanMeierCurve([], censored: [30, 30]))
        #expect(only.probability(at: 30) == 0 && only.quantile(0.5) == nil)
    }
}
