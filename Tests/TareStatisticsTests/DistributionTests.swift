import Testing

@testable import TareStatistics

/// Whether two numbers agree to a relative error.
func agree(_ left: Double, _ right: Double, to error: Double = 1e-9) -> Bool {
    abs(left - right) <= error * max(abs(left), abs(right), 1e-300)
}

@Suite("Distributions against scipy 1.17.1")
struct DistributionTests {
    // scipy.stats.norm.ppf([1e-10, .025, .3, .999])
    @Test(
        "the normal quantile is the published one",
        arguments: [(1e-10, -6.3613409), (0.025, -1.95996398), (0.3, -0.52440051), (0.999, 3.09023231)]
    )
    func normalQuantile(probability: Double, expected: Double) {
        #expect(agree(NormalDistribution.quantile(probability), expected, to: 1e-8))
        #expect(agree(NormalDistribution.cumulative(NormalDistribution.quantile(probability)), probability))
    }

    @Test("the distribution functions and their inverses agree with scipy")
    func functions() {
        #expect(agree(NormalDistribution.cumulative(-5), 2.866515718791933e-07))  // norm.cdf(-5)
        #expect(agree(StudentDistribution.quantile(0.975, degrees: 5), 2.5705818356363146))  // t.ppf(.975, 5)
        #expect(agree(StudentDistribution.cumulative(-2.1, degrees: 7.5), 0.035618535729039044))  // t.cdf
        #expect(agree(StudentDistribution.quantile(0.01, degrees: 1), -31.82051595377396))  // t.ppf(.01, 1)
        #expect(agree(ChiSquareDistribution.quantile(0.95, degrees: 3), 7.814727903251179))  // chi2.ppf(.95, 3)
        #expect(agree(ChiSquareDistribution.cumulative(20, degrees: 10), 0.9707473119230389))  // chi2.cdf(20, 10)
        #expect(agree(FisherDistribution.quantile(0.95, above: 3, below: 17), 3.196776840943345))  // f.ppf
        #expect(agree(FisherDistribution.cumulative(2.5, above: 4, below: 9), 0.8832850572834312))  // f.cdf
        #expect(agree(BetaDistribution.quantile(0.025, alpha: 3, beta: 8), 0.06673951117773447))  // beta.ppf
        #expect(agree(BetaDistribution.cumulative(0.4, alpha: 2.5, beta: 1.5), 0.17392765793651))  // beta.cdf
        #expect(agree(BinomialDistribution.cumulative(7, trials: 20, chance: 0.3), 0.7722717974181608))  // binom.cdf
        let exact = BinomialDistribution.interval(successes: 7, trials: 20)  // binomtest(7, 20).proportion_ci()
        #expect(agree(exact.low, 0.1539092047845412) && agree(exact.high, 0.5921885345328283))
    }

    // scipy.special.kolmogorov([.5, 1, 1.5])
    @Test("the Kolmogorov tail agrees", arguments: [(0.5, 0.96394524), (1.0, 0.26999967), (1.5, 0.02221796)])
    func kolmogorov(distance: Double, expected: Double) {
        #expect(agree(KolmogorovDistribution.survival(distance), expected, to: 1e-6))
    }
}
