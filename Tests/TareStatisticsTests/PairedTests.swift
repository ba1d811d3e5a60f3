import Testing

@testable import TareStatistics

let thirdSample = [12.0, 15.1, 10.6, 17.5, 13.1, 12.4, 18.9, 11.9, 14.9, 15.5]

@Suite("Paired comparisons against scipy 1.17.1")
struct PairedTests {
    @Test("differences and ratios have scipy's medians and order-statistic intervals")
    func orderStatistics() throws {
        let near = try #require(PairedComparison.of(firstSample, thirdSample, resamples: 200).value)
        // d = a - c; np.median(d); quantile_test(d, q=0, p=.5).confidence_interval(.95)
        #expect(agree(near.difference.median, -0.3, to: 1e-12))
        let difference = try #require(near.difference.orderStatistic.value)
        #expect(agree(difference.low, -1.4, to: 1e-12) && agree(difference.high, 1.7, to: 1e-12))
        // q = a / b; the same calls
        let far = try #require(PairedComparison.of(firstSample, secondSample, resamples: 200).value)
        let ratio = try #require(far.ratio)
        #expect(agree(ratio.median, 1.617763157894737))
        let interval = try #require(ratio.orderStatistic.value)
        #expect(agree(interval.low, 1.2727272727272727) && agree(interval.high, 1.8444444444444446))
    }

    @Test("BCa intervals of the medians agree with scipy's")
    func bootstrap() throws {
        // bootstrap((q,), np.median, n_resamples=200000, method='BCa', random_state=1): 1.3762, 1.7515
        let far = try #require(PairedComparison.of(firstSample, secondSample, resamples: 6_000).value)
        let ratio = try #require(far.ratio?.bootstrap.value)
        #expect(abs(ratio.low - 1.3762) < 0.06 && abs(ratio.high - 1.7515) < 0.06)
        // bootstrap((a - c,), np.median, ...): -1.1, 1.5; the resamples' medians lie 0.3 to 0.4 apart there
        let near = try #require(PairedComparison.of(firstSample, thirdSample, resamples: 6_000).value)
        let difference = try #require(near.difference.bootstrap.value)
        #expect(abs(difference.low + 1.1) < 0.31 && abs(difference.high - 1.5) < 0.31)
    }

    @Test("pairing removes what the pairs share")
    func blocks() throws {
        var generator = SeededGenerator(seed: 5)
        let blocks = (0..<20).map { _ in 100 + 30 * generator.normal() }
        let slow = blocks.map { $0 + 2 + 0.5 * generator.normal() }
        let fast = blocks.map { $0 + 0.5 * generator.normal() }
        let paired = try #require(PairedComparison.of(slow, fast, resamples: 200).value)
        let interval = try #require(paired.difference.orderStatistic.value)
        #expect(interval.low > 1 && interval.high < 3)
        #expect(try #require(paired.signedRank.value).pValue < 0.001)
        #expect(try #require(MannWhitney.test(slow, fast).value).pValue > 0.5)
    }

    @Test("a ratio needs values of one sign, and five pairs are too few")
    func refused() throws {
        let zero = try #require(PairedComparison.of([1, 2, 3, 4, 5, 6], [1, 2, 0, 4, 5, 6], resamples: 50).value)
        #expect(zero.ratio == nil && zero.difference.median == 0)
        #expect(zero.signedRank == .notEnoughData(have: 1, need: 6))
        #expect(PairedComparison.of([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]) == .notEnoughData(have: 5, need: 6))
    }

    @Test("the signed-rank test counts p exactly, with and without ties")
    func signedRank() throws {
        // wilcoxon([5, -1, 3, 7, -2, 9, 11, 4, -6, 8], method='exact')
        let plain = try #require(WilcoxonSignedRank.test([5, -1, 3, 7, -2, 9, 11, 4, -6, 8]).value)
        #expect(plain.statistic == 9 && agree(plain.pValue, 0.064453125))
        // wilcoxon(x - y, method=PermutationMethod(n_resamples=np.inf)), zeros left out
        let x: [Double] = [1, 2, 2, 3, 5, 6, 7, 7, 8, 4, 9, 3]
        let y: [Double] = [2, 4, 5, 3, 4, 9, 10, 11, 12, 4, 7, 5]
        let ties = try #require(WilcoxonSignedRank.test(zip(x, y).map { $0 - $1 }).value)
        #expect(ties.count == 10 && ties.statistic == 5.5 && agree(ties.pValue, 0.025390625))
        // np.arange(1, 121) * 37 % 121 - 52.3; wilcoxon(d, method='asymptotic', correction=True)
        let many = try #require(WilcoxonSignedRank.test((1...120).map { Double($0 * 37 % 121) - 52.3 }).value)
        #expect(!many.isExact && many.statistic == 2704 && agree(many.pValue, 0.015360611463045825))
    }
}

@Suite("Equivalence against scipy 1.17.1")
struct EquivalenceTests {
    // ttest_ind(a + m, b, equal_var=False, alternative='greater') and (a - m, b, ..., alternative='less')
    @Test(
        "Welch's two one-sided tests",
        arguments: [
            (1.0, 0.00017739310621891127, 0.9957234792784538), (3, 8.657986188174686e-06, 0.9218710719757287),
            (6, 1.622736521682959e-07, 0.22740299328831445),
        ]
    )
    func independent(margin: Double, lower: Double, upper: Double) throws {
        let test = try #require(Equivalence.independent(firstSample, secondSample, margin: margin).value)
        #expect(agree(test.pLower, lower, to: 1e-7) && agree(test.pUpper, upper, to: 1e-7))
        // ttest_ind(a, b, equal_var=False).confidence_interval(.90)
        #expect(agree(test.interval.low, 2.6570298400596313, to: 1e-8))
        #expect(agree(test.interval.high, 7.302970159940372, to: 1e-8))
        #expect(!test.isEquivalent)
    }

    // ttest_1samp(d, -m, alternative='greater'), ttest_1samp(d, m, alternative='less')
    @Test(
        "paired two one-sided tests",
        arguments: [(1.0, 0.017358666028858893, 0.04681266124976172), (2, 0.000588907182628329, 0.001433533110156079)]
    )
    func paired(margin: Double, lower: Double, upper: Double) throws {
        let differences = zip(firstSample, thirdSample).map { $0 - $1 }
        let test = try #require(Equivalence.paired(differences, margin: margin).value)
        #expect(agree(test.pLower, lower, to: 1e-7) && agree(test.pUpper, upper, to: 1e-7))
        #expect(
            test.isEquivalent && test.margins.contains(test.interval.low) && test.margins.contains(test.interval.high))
    }

    @Test("ratios are tested by their logarithms")
    func ratio() throws {
        // ttest_ind(log(a) +- log(2), log(b), equal_var=False, ...); exp(confidence_interval(.90))
        let test = try #require(Equivalence.ratio(firstSample, secondSample, factor: 2).value)
        #expect(agree(test.pUpper, 0.01882499366864102, to: 1e-7) && test.isEquivalent)
        #expect(agree(test.interval.low, 1.2638724901148781) && agree(test.interval.high, 1.8855298266001823))
    }

    @Test("two noisy samples without a difference are not called the same")
    func noise() throws {
        let test = try #require(Equivalence.independent(firstSample, thirdSample, margin: 0.5).value)
        #expect(!test.isEquivalent)
        #expect(try #require(MannWhitney.test(firstSample, thirdSample).value).pValue > 0.5)
        let equal = [Double](repeating: 4, count: 10)
        #expect(try #require(Equivalence.independent(equal, equal, margin: 0.1).value).isEquivalent)
        #expect(Equivalence.paired([1, 2], margin: 1) == .notEnoughData(have: 2, need: 10))
    }
}
