import TareCatalog
import TareCore
import TareExperiment
import TareModel

/// Writes down what was measured in the one vocabulary of samples, with the subjects that the model uses.
struct MeasuredSamples {
    let found: MeasuredReplication
    let disk: MeasuredDisk
    let request: RunRequest

    func written() -> RunOutcome {
        RunOutcome(
            samples: disks() + memories() + starts() + machine(), timelines: timelines(), warnings: found.warnings)
    }

    private var ready: [MeasuredInstance] { found.instances.filter { $0.failure == nil } }

    private func sample(
        _ quantity: String, _ unit: String, _ subject: String, _ value: Double, owner: Owner? = nil,
        denominator: String? = nil
    ) -> Sample {
        Sample(
            cell: request.cell.id, replication: request.replication, platform: .container, mode: .measure,
            quantity: quantity, unit: unit, subject: subject, owner: owner, value: value, evidence: .measured,
            denominator: denominator)
    }

    private func owned(_ quantity: String, _ unit: String, _ subject: String, _ bytes: OwnedBytes) -> [Sample] {
        var samples = [sample(quantity, unit, subject, bytes.whole)]
        for owner in Owner.allCases {
            guard let part = bytes.parts[owner] else { continue }
            samples.append(
                sample(quantity, unit, subject, part, owner: owner, denominator: "\(subject).\(quantity)"))
        }
        return samples
    }

    /// The mean over instances.
    private func mean(_ bytes: (MeasuredInstance) -> OwnedBytes) -> OwnedBytes {
        guard !ready.isEmpty else { return OwnedBytes() }
        return ready.reduce(OwnedBytes()) { $0 + bytes($1) } * (1 / Double(ready.count))
    }

    // MARK: Disk

    private func disks() -> [Sample] {
        var samples: [Sample] = []
        for weight in DiskWeight.allCases {
            samples += owned(weight.quantity, "bytes", "host", disk.whole(weight))
            samples += owned(weight.quantity, "bytes", "instance", mean { disk.instance(of: $0.service, weight) })
            samples += owned(weight.quantity, "bytes", "share", mean { disk.share(of: $0.service, weight) })
        }
        let count = Double(max(1, found.instances.count))
        let added = found.added.allocated.doubleValue
        samples.append(sample("disk.added", "bytes", "host", added))
        samples.append(sample("disk.added", "bytes", "instance", added / count))
        if let last = found.instances.last {
            samples.append(
                sample(
                    "disk.added", "bytes", "last-instance",
                    (last.written.allocated + last.records.allocated).doubleValue))
        }
        samples.append(sample("disk.filesystem_added", "bytes", "host", found.fileSystemAdded))
        return samples
    }

    // MARK: Memory

    private func memories() -> [Sample] {
        var samples: [Sample] = []
        for weight in MemoryWeight.allCases {
            var whole = ready.reduce(OwnedBytes()) { $0 + Self.memory($1, weight) }
            switch weight {
            case .configured:
                let sum = found.instances.reduce(0) { $0 + found.configured[$1.service].doubleValue }
                samples.append(sample(weight.quantity, "bytes", "host", sum))
                samples.append(
                    sample(weight.quantity, "bytes", "instance", sum / Double(max(1, found.instances.count))))
                continue
            case .vmmRSS:
                whole.add(found.helpers.rss.doubleValue, .platform)
                whole.add(found.hostSystem?.total.doubleValue ?? 0, .os)
            case .pss:
                whole.add(found.helpers.pss.doubleValue, .platform)
                whole.add(found.hostSystem?.total.doubleValue ?? 0, .os)
            case .cgroupWorkingSet: whole.add(found.hostSystem?.total.doubleValue ?? 0, .os)
            case .pageCache: break
            }
            samples += owned(weight.quantity, "bytes", "host", whole)
            samples += owned(weight.quantity, "bytes", "instance", mean { Self.memory($0, weight) })
        }
        return samples
    }

    private static func memory(_ instance: MeasuredInstance, _ weight: MemoryWeight) -> OwnedBytes {
        var bytes = OwnedBytes()
        switch weight {
        case .configured: break
        case .vmmRSS:
            bytes.add(instance.supervisor.rss.doubleValue, .platform)
            bytes.add(instance.processes.rss.doubleValue, .runtime)
        case .pss:
            bytes.add(instance.supervisor.pss.doubleValue + instance.kernel.doubleValue, .platform)
            bytes.add(instance.processes.pss.doubleValue, .runtime)
        case .cgroupWorkingSet:
            bytes.add(instance.kernel.doubleValue, .platform)
            bytes.add((instance.workingSet - instance.kernel).doubleValue, .runtime)
        case .pageCache: bytes.add(instance.pageCache.doubleValue, .runtime)
        }
        return bytes
    }

    /// What the whole machine took meanwhile: everybody's, so it has no owner and no part in a sum.
    private func machine() -> [Sample] {
        guard let before = found.before, let during = found.during else { return [] }
        return [
            sample("mem.machine_added", "bytes", "host", (before.available - during.available).doubleValue),
            sample("mem.kernel_added", "bytes", "host", (during.kernel - before.kernel).doubleValue),
            sample(
                "mem.slab_added", "bytes", "host", (during.slabUnreclaimable - before.slabUnreclaimable).doubleValue),
        ]
    }

    // MARK: Starts

    private func starts() -> [Sample] {
        var samples = [sample("instances.ready", "instances", "host", Double(ready.count))]
        let ordered = ready.sorted { first($0) < first($1) }
        for (rank, instance) in ordered.enumerated() {
            for mark in StartMark.allCases {
                guard mark != .request, let seconds = instance.marks[mark] else { continue }
                samples.append(sample(mark.quantity, "seconds", "instance:\(rank)", seconds))
            }
        }
        if let last = ordered.last {
            samples.append(sample(StartMark.firstResponse.quantity, "seconds", "host", first(last)))
            samples += owned(
                StartMark.firstResponse.quantity, "seconds", "instance",
                mean { instance in
                    var seconds = OwnedBytes()
                    let begun = instance.marks[.initStarted] ?? 0
                    seconds.add(begun, .platform)
                    seconds.add(first(instance) - begun, .runtime)
                    return seconds
                })
        }
        let count = Double(max(1, ready.count))
        samples += owned(
            "cpu.start", "core-seconds", "instance",
            mean { instance in
                var seconds = OwnedBytes()
                seconds.add(found.engineSeconds / count + instance.engineSeconds, .platform)
                seconds.add(instance.cpuSeconds, .runtime)
                return seconds
            })
        samples.append(sample("start.resolution", "seconds", "host", found.resolution))
        return samples
    }

    private func first(_ instance: MeasuredInstance) -> Double { instance.marks[.firstResponse] ?? 0 }

    private func timelines() -> [StartTimeline] {
        guard request.replication == 0 else { return [] }
        let ordered = ready.sorted { first($0) < first($1) }
        guard let last = ordered.last else { return [] }
        return [("first", ordered[0]), ("median", ordered[ordered.count / 2]), ("last", last)].map { label, instance in
            let begun = instance.marks[.initStarted] ?? 0
            let listening = instance.marks[.serviceReady] ?? begun
            let made = min(instance.supervised ?? begun, begun)
            let phases = [
                ("wait, snapshot, network", 0, made), ("runtime", made, begun), ("service", begun, listening),
                ("answer", listening, first(instance)),
            ]
            return StartTimeline(
                cell: request.cell.id, platform: .container, instance: label,
                phases: phases.map {
                    .init(name: $0.0, startSeconds: $0.1, endSeconds: $0.2, critical: true)
                },
                marks: Dictionary(
                    uniqueKeysWithValues: instance.marks.map { ($0.key.rawValue, $0.value) }
                        + [(StartMark.request.rawValue, 0)]),
                evidence: .measured)
        }
    }
}
