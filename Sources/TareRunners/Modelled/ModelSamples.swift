import TareCatalog
import TareCore
import TareExperiment
import TareModel

/// Writes a model's outcome down in the one vocabulary of samples.
struct ModelSamples {
    /// So many start times of one replication are kept; more instances are kept as evenly spaced ranks.
    static let keptStarts = 200

    let outcome: ModelOutcome
    let request: RunRequest

    func written() -> RunOutcome {
        var samples = disk() + memory() + starts()
        samples += limits()
        samples += classes() + credits()
        samples += loads()
        return RunOutcome(samples: samples, timelines: timelines(), warnings: warnings())
    }

    private func sample(
        _ quantity: String, _ unit: String, _ subject: String, _ value: Double, owner: Owner? = nil,
        denominator: String? = nil
    ) -> Sample {
        Sample(
            cell: request.cell.id, replication: request.replication, platform: outcome.platform, mode: .simulate,
            quantity: quantity, unit: unit, subject: subject, owner: owner, value: value, evidence: .modelled,
            denominator: denominator)
    }

    // MARK: Disk and memory

    private func disk() -> [Sample] {
        var samples: [Sample] = []
        for weight in DiskWeight.allCases {
            samples += owned(weight.quantity, "host", outcome.hostDisk.total(weight)) {
                outcome.hostDisk.bytes(of: $0, by: weight)
            }
            samples += perInstance(weight.quantity, "instance") {
                $0.instanceDisk.total(weight)
            } part: {
                $0.instanceDisk.bytes(of: $1, by: weight)
            }
            samples += perInstance(weight.quantity, "share") {
                $0.diskShare.total(weight)
            } part: {
                $0.diskShare.bytes(of: $1, by: weight)
            }
        }
        return samples
    }

    private func memory() -> [Sample] {
        var samples: [Sample] = []
        for weight in MemoryWeight.allCases {
            samples += owned(weight.quantity, "host", outcome.hostMemory.total(weight)) {
                outcome.hostMemory.bytes(of: $0, by: weight)
            }
            samples += perInstance(weight.quantity, "instance") {
                $0.instanceMemory.total(weight)
            } part: {
                $0.instanceMemory.bytes(of: $1, by: weight)
            }
        }
        return samples
    }

    /// The whole and each owner's part; owners without a byte are left out.
    private func owned(
        _ quantity: String, _ subject: String, _ whole: ByteCount, part: (Owner) -> ByteCount
    ) -> [Sample] {
        var samples = [sample(quantity, "bytes", subject, whole.doubleValue)]
        for owner in Owner.allCases {
            let bytes = part(owner)
            guard bytes != .zero else { continue }
            samples.append(
                sample(
                    quantity, "bytes", subject, bytes.doubleValue, owner: owner, denominator: "\(subject).\(quantity)"))
        }
        return samples
    }

    /// The mean over instances, services weighted by their instances; a row a service too where there are several.
    private func perInstance(
        _ quantity: String, _ subject: String, whole: (ServiceOutcome) -> ByteCount,
        part: (ServiceOutcome, Owner) -> ByteCount
    ) -> [Sample] {
        let instances = outcome.services.reduce(0) { $0 + $1.requested }
        guard instances > 0 else { return [] }
        func mean(_ value: (ServiceOutcome) -> ByteCount) -> ByteCount {
            let sum = outcome.services.reduce(0.0) { $0 + value($1).doubleValue * Double($1.requested) }
            return ByteCount(Int64((sum / Double(instances)).rounded()))
        }
        var samples = owned(quantity, subject, mean(whole)) { owner in mean { part($0, owner) } }
        if outcome.services.count > 1 {
            for service in outcome.services {
                samples += owned(quantity, "\(subject):\(service.name)", whole(service)) { part(service, $0) }
            }
        }
        return samples
    }

    /// Resident memory of the host by class of page frames, all nodes together and each; the classes add up to the whole.
    private func classes() -> [Sample] {
        var samples: [Sample] = []
        for kind in PageClass.allCases {
            let sum = outcome.nodes.reduce(ByteCount.zero) { $0 + ($1.classes[kind] ?? .zero) }
            guard sum != .zero else { continue }
            samples.append(
                sample(
                    "mem.frames", "bytes", "class:\(kind.rawValue)", sum.doubleValue, denominator: "host.mem.frames"))
            guard outcome.nodes.count > 1 else { continue }
            for (index, node) in outcome.nodes.enumerated() {
                samples.append(
                    sample(
                        "mem.frames", "bytes", "node:\(index):\(kind.rawValue)",
                        (node.classes[kind] ?? .zero).doubleValue, denominator: "node:\(index).mem.frames"))
            }
        }
        let whole = outcome.nodes.reduce(ByteCount.zero) { $0 + $1.memory }
        samples.append(sample("mem.frames", "bytes", "host", whole.doubleValue))
        return samples
    }

    /// Core-seconds of credits that a start uses up, mean over services by their instances.
    private func credits() -> [Sample] {
        let spent = outcome.services.compactMap { service in
            service.creditsPerStart.map { ($0, Double(service.ready)) }
        }
        let ready = spent.reduce(0) { $0 + $1.1 }
        guard ready > 0 else { return [] }
        let mean = spent.reduce(0) { $0 + $1.0 * $1.1 } / ready
        return [sample("cpu.credits-per-start", "core-seconds", "instance", mean)]
    }

    // MARK: Load

    private func loads() -> [Sample] {
        var samples: [Sample] = []
        for load in outcome.loads {
            let subject = outcome.loads.count == 1 ? "host" : "service:\(outcome.services[load.service].name)"
            for (name, seconds) in [
                ("mean", load.mean), ("p50", load.p50), ("p99", load.p99), ("p999", load.p999),
            ] { samples.append(sample("load.latency.\(name)", "seconds", subject, seconds)) }
            samples.append(sample("load.throughput", "requests/s", subject, load.throughput))
            samples.append(sample("load.utilisation", "ratio", subject, load.utilisation, denominator: "host cores"))
            if let density = load.density {
                samples.append(sample("density.latency", "instances", subject, Double(density)))
            }
        }
        return samples
    }

    // MARK: Starts

    private func starts() -> [Sample] {
        let ready = outcome.instances.filter { $0.outcome == .ready }
        var samples = [sample("instances.ready", "instances", "host", Double(ready.count))]
        let ordered = ready.sorted { first($0) < first($1) }
        let kept = ranks(of: ordered.count).map { ordered[$0] }
        for (index, instance) in kept.enumerated() {
            for mark in StartMark.allCases {
                guard mark != .request, let seconds = instance.marks[mark] else { continue }
                samples.append(sample(mark.quantity, "seconds", "instance:\(index)", seconds))
            }
        }
        if let last = ordered.last {
            samples.append(
                sample(StartMark.firstResponse.quantity, "seconds", "host", last.requestedAt + first(last)))
        }
        return samples
    }

    private func first(_ instance: InstanceStart) -> Double { instance.marks[.firstResponse] ?? .infinity }

    private func ranks(of count: Int) -> [Int] {
        guard count > Self.keptStarts else { return Array(0..<count) }
        return (0..<Self.keptStarts).map { ($0 * 2 + 1) * count / (2 * Self.keptStarts) }
    }

    // MARK: Density, cost, timelines

    private func limits() -> [Sample] {
        var samples = [sample("density.instances", "instances", "host", Double(outcome.density.largest))]
        for resource in Density.Resource.allCases {
            guard let limit = outcome.density.limits[resource] else { continue }
            samples.append(sample("density.instances", "instances", "bound:\(resource.rawValue)", Double(limit)))
        }
        if let cost = outcome.costPerServiceHour {
            samples.append(sample("cost.per-service-hour", "USD/h", "instance", cost))
        }
        return samples
    }

    private func timelines() -> [StartTimeline] {
        guard request.replication == 0 else { return [] }
        return outcome.timelines.map { timeline in
            var marks: [String: Double] = [:]
            if outcome.instances.indices.contains(timeline.instance) {
                for (mark, seconds) in outcome.instances[timeline.instance].marks { marks[mark.rawValue] = seconds }
            }
            return StartTimeline(
                cell: request.cell.id, platform: outcome.platform, instance: timeline.label,
                phases: timeline.phases.map {
                    .init(name: $0.name, startSeconds: $0.start, endSeconds: $0.end, critical: $0.critical)
                },
                marks: marks, evidence: .modelled)
        }
    }

    private func warnings() -> [String] {
        guard request.replication == 0 else { return [] }
        let place = "\(request.cell.id), \(outcome.platform.rawValue)"
        var warnings = outcome.warnings.map { "\(place): \($0)" }
        let ready = outcome.instances.lazy.filter { $0.outcome == .ready }.count
        if ready > Self.keptStarts {
            warnings.append(
                "\(place): the start times of \(NumberText.count(ready)) instances are kept as \(Self.keptStarts) evenly"
                    + " spaced ranks a replication")
        }
        return warnings
    }
}
