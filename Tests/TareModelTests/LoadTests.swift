import Glibc
import TareCatalog
import TareCore
import TareSimulation
import TareStatistics
import Testing

@testable import TareModel

@Suite("Load after the start")
struct LoadTests {
    private static let free = LoadPath(
        cores: 64, threads: 64, smtGain: 0, cpuFactor: 1, roundTrip: 0, read: 0, link: 1e12, figures: [:])

    /// Means and 99th percentiles of independent replications.
    private func replications(
        _ load: LoadSpec, cores: Int = 64, width: Int, count: Int = 24
    ) -> (means: [Double], tails: [Double]) {
        var path = Self.free
        (path.cores, path.threads) = (cores, cores)
        var means: [Double] = []
        var tails: [Double] = []
        for index in 0..<count {
            let run = LoadSimulation.run(
                load: load, path: path, instances: 1, width: width,
                streams: RandomStreams(seed: 11).replication(index))
            let sorted = run.latencies.sorted().map { Double($0) * 1e-9 }
            means.append(sorted.reduce(0, +) / Double(sorted.count))
            tails.append(sorted[sorted.count * 99 / 100])
        }
        return (means, tails)
    }

    /// Whether an exact value is within 3.5 standard errors of the mean of replications.
    private func covers(_ values: [Double], _ exact: Double) -> Bool {
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
        return abs(mean - exact) < 3.5 * (variance / Double(values.count)).squareRoot()
    }

    @Test("one thread without tax is M/M/1: mean 1/(mu - lambda), 99th percentile ln 100 of that")
    func mm1() {
        let load = LoadSpec(requestsPerSecond: 60, cpu: 0.01, requests: 5000)
        let found = replications(load, width: 1)
        #expect(covers(found.means, 1 / 40.0))
        #expect(covers(found.tails, log(100) / 40))
    }

    @Test("four threads without tax are M/M/4 by Erlang's C")
    func mmc() {
        let (rate, mu, servers) = (320.0, 100.0, 4)
        let load = LoadSpec(requestsPerSecond: rate, cpu: 1 / mu, requests: 5000)
        let offered = rate / mu
        var term = 1.0
        var sum = 1.0
        for index in 1..<servers {
            term *= offered / Double(index)
            sum += term
        }
        let last = term * offered / Double(servers) / (1 - offered / Double(servers))
        let waits = last / (sum + last)
        let mean = waits / (Double(servers) * mu - rate) + 1 / mu
        #expect(covers(replications(load, width: servers).means, mean))
    }

    @Test(
        "sharing one core is M/G/1-PS: the mean depends on the mean of the work alone",
        arguments: LoadSpec.Shape.allCases)
    func sharing(shape: LoadSpec.Shape) {
        let load = LoadSpec(
            requestsPerSecond: 60, cpu: 0.01, shape: shape, discipline: .share, requests: 5000)
        #expect(covers(replications(load, cores: 1, width: 1).means, 0.01 / 0.4))
    }

    private func outcome(_ arm: ModelInput.Arm, count: Int = 8, target: Double? = nil) throws -> LoadOutcome {
        var service = Sample.service(count)
        service.load = LoadSpec(requestsPerSecond: 200, cpu: 0.003, target: target)
        let host = HostSpec(name: "load", cores: 8, memory: .gibibytes(64))
        let result = try Model.run(ModelInput(host: host, arm: arm, services: [service], seed: 5))
        return try #require(result.loads.first)
    }

    @Test("a guest's tax and network path make its requests slower than a container's")
    func tax() throws {
        let vm = try outcome(Sample.arms[1])
        let container = try outcome(Sample.arms[3])
        #expect(vm.mean > container.mean && vm.p99 > container.p99)
        #expect(vm.utilisation > container.utilisation)
        #expect(vm.p50 < vm.p99 && vm.p99 <= vm.p999)
    }

    @Test("a stricter target never lets more instances onto the host, and the density keeps it")
    func density() throws {
        var before = Int.max
        for target in [0.1, 0.03, 0.018, 0.001] {
            let density = try #require(try outcome(Sample.arms[3], target: target).density)
            #expect(density <= before)
            // 8 cores over 0.6 cores an instance.
            #expect(density <= 13)
            if density > 0 { #expect(try outcome(Sample.arms[3], count: density).p99 <= target * 1.15) }
            before = density
        }
        #expect(before == 0)
        #expect(try outcome(Sample.arms[3]).density == nil)
    }
}
