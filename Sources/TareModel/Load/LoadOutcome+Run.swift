import TareCore
import TareSimulation

extension LoadOutcome {
    /// Runs a service's load on the instances that are ready, and searches how many keep the target.
    ///
    /// Complexity: O(r log r) for r requests; with a target about twenty times that.
    ///
    /// - Throws: `TareError.invalid` for a load without requests or work.
    init?(_ context: ModelContext, service: Int, ready: Int, fits: Int) throws(TareError) {
        let spec = context.input.services[service]
        guard let load = spec.load, ready > 0 else { return nil }
        guard load.requestsPerSecond > 0, load.cpu > 0 else {
            throw TareError(
                .invalid, subject: "\(spec.name).load", "requests a second and CPU must be above zero",
                hint: "write `load: { requests: 50/s, cpu: 2ms }`")
        }
        let path = try LoadPath(context, service: service)
        let streams = RandomStreams(seed: context.input.seed)
        let run = Self.measure(load, path: path, instances: ready, width: spec.vcpus, streams: streams)
        self = run
        self.service = service
        guard let target = load.target else { return }
        func keeps(_ count: Int) -> Bool {
            let most = Double(path.cores) * (1 + path.smtGain)
            guard Double(count) * load.requestsPerSecond * load.cpu * path.cpuFactor < most else { return false }
            return Self.measure(load, path: path, instances: count, width: spec.vcpus, streams: streams).p99 <= target
        }
        guard keeps(1) else {
            density = 0
            return
        }
        var low = 1
        var high = max(1, fits) + 1
        while high - low > max(1, low / 100) {
            let middle = (low + high) / 2
            if keeps(middle) { low = middle } else { high = middle }
        }
        density = min(low, max(1, fits))
    }

    private static func measure(
        _ load: LoadSpec,
        path: LoadPath,
        instances: Int,
        width: Int,
        streams: RandomStreams
    ) -> LoadOutcome {
        let run = LoadSimulation.run(load: load, path: path, instances: instances, width: width, streams: streams)
        let sorted = run.latencies.sorted()
        func quantile(_ share: Double) -> Double {
            guard !sorted.isEmpty else { return .infinity }
            return Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) * 1e-9
        }
        let mean = sorted.isEmpty ? .infinity : sorted.reduce(0.0) { $0 + Double($1) } / Double(sorted.count) * 1e-9
        let seconds = max(1e-9, run.last.seconds)
        return LoadOutcome(
            service: 0, instances: instances, mean: mean, p50: quantile(0.5), p99: quantile(0.99),
            p999: quantile(0.999), throughput: Double(run.total) / seconds,
            utilisation: run.computed / seconds / Double(path.cores))
    }
}
