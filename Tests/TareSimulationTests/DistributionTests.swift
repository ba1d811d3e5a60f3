import TareSimulation
import Testing

@Suite("Distributions")
struct DistributionTests {
    /// A distribution with its first two moments and a bound for the deviation of its variance estimate.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let mean: Double
        let variance: Double
        let kurtosis: Double
        let draw: @Sendable (inout RandomStream) -> Double
    }

    static let cases: [Case] = [
        Case(testDescription: "uniform", mean: 3, variance: 4.0 / 3, kurtosis: 1.8) { $0.uniform(1, 5) },
        Case(testDescription: "exponential", mean: 2, variance: 4, kurtosis: 9) { $0.exponential(mean: 2) },
        Case(testDescription: "normal", mean: -1, variance: 9, kurtosis: 3) { $0.normal(mean: -1, deviation: 3) },
        // exp(s^2 / 2), (exp(s^2) - 1) exp(s^2) and the kurtosis of a lognormal with s = 0.25
        Case(testDescription: "lognormal", mean: 1.0317434075, variance: 0.0686539, kurtosis: 4.0966) {
            $0.lognormal(median: 1, sigma: 0.25)
        },
        Case(testDescription: "gamma, shape 2.5", mean: 7.5, variance: 22.5, kurtosis: 5.4) {
            $0.gamma(shape: 2.5, scale: 3)
        },
        Case(testDescription: "gamma, shape 0.5", mean: 1, variance: 2, kurtosis: 15) {
            $0.gamma(shape: 0.5, scale: 2)
        },
        Case(testDescription: "triangular", mean: 10.0 / 3, variance: 19.0 / 18, kurtosis: 2.4) {
            $0.triangular(low: 1, mode: 3, high: 6)
        },
        Case(testDescription: "chance", mean: 0.3, variance: 0.21, kurtosis: 1.762) { $0.chance(0.3) ? 1 : 0 },
        Case(testDescription: "integer", mean: 4.5, variance: 8.25, kurtosis: 1.776) {
            Double($0.integer(below: 10))
        },
    ]

    @Test("mean and variance are within five standard errors of the exact ones", arguments: cases)
    func moments(distribution: Case) {
        var random = RandomStream(seed: 11)
        let count = 100_000
        var sum = 0.0
        var squares = 0.0
        for _ in 0..<count {
            let value = distribution.draw(&random) - distribution.mean
            sum += value
            squares += value * value
        }
        let mean = sum / Double(count)
        let variance = squares / Double(count)
        let meanError = (distribution.variance / Double(count)).squareRoot()
        let varianceError = distribution.variance * ((distribution.kurtosis - 1) / Double(count)).squareRoot()
        #expect(abs(mean) < 5 * meanError)
        #expect(abs(variance - distribution.variance) < 5 * varianceError)
    }

    @Test("an exponential draw is above its mean as often as it should be, and above eight means too")
    func tail() {
        var random = RandomStream(seed: 5)
        let count = 300_000
        var above = [0, 0]
        for _ in 0..<count {
            let value = random.exponential()
            if value > 1 { above[0] += 1 }
            if value > 8 { above[1] += 1 }
        }
        for (found, probability) in zip(above, [0.36787944117, 0.00033546263]) {
            let expected = probability * Double(count)
            #expect(abs(Double(found) - expected) < 5 * expected.squareRoot())
        }
    }

    @Test("streams of other entities, purposes and replications differ; the same one repeats")
    func streams() {
        let streams = RandomStreams(seed: 3)
        var seen: Set<RandomStream> = []
        for replication in 0..<10 {
            for entity in 0..<20 {
                for purpose in ["boot", "disk"] {
                    seen.insert(
                        streams.replication(replication).stream(entity: entity, purpose: StreamPurpose(purpose)))
                }
            }
        }
        #expect(seen.count == 400)
        #expect(streams.stream(entity: 4, purpose: "boot") == streams.stream(entity: 4, purpose: "boot"))
        #expect(streams.stream(entity: "web", purpose: "boot") != streams.stream(entity: "db", purpose: "boot"))
    }

    @Test("quantiles of measured values are linear between them")
    func empirical() {
        let measured = EmpiricalDistribution([4, 1, 2])
        #expect(measured.quantile(0) == 1 && measured.quantile(0.25) == 1.5 && measured.quantile(0.75) == 3)
        #expect(measured.quantile(1) == 4 && measured.quantile(2) == 4)
    }
}
