import Testing

@testable import TareStatistics

@Suite("Comparisons against scipy 1.17.1")
struct ComparisonTests {
    @Test("the exact U test agrees with scipy")
    func exact() throws {
        // mannwhitneyu(a, b, method='exact')
        let test = try #require(MannWhitney.test(firstSample, secondSample).value)
        #expect(test.statistic == 89 && test.isExact)
        #expect(agree(test.pValue, 0.0020892420273225226))
    }

    @Test("the U test with ties agrees with scipy's approximation")
    func ties() throws {
        // mannwhitneyu(x, y, method='asymptotic')
        let test = try #require(
            MannWhitney.test([1, 2, 2, 3, 5, 6, 7, 7, 8], [2, 4, 5, 7, 9, 9, 10, 11, 12]).value
        )
        #expect(test.statistic == 18.5 && !test.isExact)
        #expect(agree(test.pValue, 0.05634353787858985))
    }

    @Test("Cliff's delta and its interval agree with the dominance matrix")
    func delta() {
        // d = sign(subtract.outer(a, b)); Cliff's unbiased variance and Feng & Cliff's interval in numpy
        let effect = CliffDelta(firstSample, secondSample)
        #expect(agree(effect.value, 0.78))
        #expect(agree(effect.interval().low, 0.396586686351175))
        #expect(agree(effect.interval().high, 0.9317034414853138))
    }

    @Test("samples that do not overlap have a delta of 1 and an interval that ends there")
    func separated() {
        let effect = CliffDelta([11, 12, 13, 14, 15, 16, 17, 18, 19], [1, 2, 3, 4, 5, 6, 7, 8, 9])
        #expect(effect.value == 1 && effect.interval().high == 1 && effect.interval().low < 1)
    }

    @Test("fewer than nine values have no U test")
    func tooFew() {
        #expect(MannWhitney.test([1, 2, 3], secondSample) == .notEnoughData(have: 3, need: 9))
    }

    @Test("Holm's adjustment keeps the order and the running maximum")
    func holm() {
        let adjusted = Holm.adjusted([0.01, 0.04, 0.03, 0.005, 0.5])
        let expected = [0.04, 0.09, 0.09, 0.025, 0.5]
        #expect(zip(adjusted, expected).allSatisfy { agree($0, $1) })
    }
}
