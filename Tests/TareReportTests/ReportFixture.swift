import TareCatalog
import TareCore
import TareExperiment

/// A synthetic dataset in the shape of a real run: invented numbers of the right order, never to be quoted.
struct ReportFixture {
    /// Enough for every figure; `everyWorkload` is for tests of size.
    static let everyWorkload: [(name: String, runtime: Double, app: Double)] = [
        ("hello", 0, 1e6), ("nginx", 6e6, 2e6), ("flask", 64e6, 3e6), ("node", 190e6, 5e6), ("java", 260e6, 12e6),
        ("postgres", 180e6, 40e6),
    ]

    var workloads = [("nginx", 6e6, 2e6), ("flask", 64e6, 3e6)] as [(name: String, runtime: Double, app: Double)]
    var guests: [(name: String, disk: Double, memory: Double)] = [
        ("debian-12-minimal", 290e6, 70e6), ("debian-12-cloud", 1_150e6, 160e6),
    ]
    var counts = [1, 5, 50]
    var replications = 3
    var failures: [CellFailure] = []

    private struct Draws {
        var state: UInt64 = 42

        mutating func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 33) / Double(1 << 31)
        }
    }

    func dataset() -> Dataset {
        var draws = Draws()
        var cells: [Cell] = []
        var samples: [Sample] = []
        var timelines: [StartTimeline] = []
        for workload in workloads {
            for guest in guests {
                for count in counts {
                    let id = "n=\(count),os=\(guest.name),workload=\(workload.name)"
                    let settings = ["n": "\(count)", "os": guest.name, "workload": workload.name]
                    cells.append(Cell(id: id, settings: settings, instances: count))
                    for platform in Platform.allCases {
                        for replication in 0..<replications {
                            samples += replicate(
                                id, replication, platform, count, workload: workload, guest: guest, &draws)
                        }
                        timelines.append(timeline(id, platform, slow: Double(count).squareRoot()))
                    }
                }
            }
        }
        return Dataset(
            run: "synthetic", scenarioText: "tare: 1\nname: synthetic\n", scenarioHash: "sha256:00", seed: 42,
            version: "0.1.0", machine: ["cpu": "an invented one", "kernel": "6.1"], startedAt: "2026-01-01T00:00:00Z",
            cells: cells, samples: samples, timelines: timelines, failures: failures,
            warnings: ["these numbers are synthetic: they test the page and say nothing about any system"]
        )
    }

    func claims(_ dataset: Dataset) throws -> [ClaimResult] {
        let disk = try QuantityExpression(parsing: "share(os, disk.used, per=instance)")
        let ratio = try QuantityExpression(parsing: "ratio(vm, container, mem.pss, per=host)")
        return [
            ClaimEvaluation.evaluate(
                claim: Claim(
                    id: "os-share-disk", text: "the OS alone takes 60% to 70% of the disk", quantity: disk, low: 0.6,
                    high: 0.7, scope: .init(instances: 1...1)),
                dataset: dataset),
            ClaimEvaluation.evaluate(
                claim: Claim(
                    id: "lightweight", text: "a container is lightweight", quantity: ratio, low: 2,
                    scope: .init(instances: 50...50)),
                dataset: dataset),
        ]
    }

    private func replicate(
        _ cell: String, _ replication: Int, _ platform: Platform, _ count: Int,
        workload: (name: String, runtime: Double, app: Double), guest: (name: String, disk: Double, memory: Double),
        _ draws: inout Draws
    ) -> [Sample] {
        let isVM = platform == .vm
        let os = isVM ? guest.disk : 78e6
        let each: [(Owner, Double)] = [
            (.platform, isVM ? 0 : 100e3), (.os, os), (.runtime, workload.runtime), (.app, workload.app),
            (.writable, 64e6),
        ]
        func make(_ quantity: String, _ unit: String, _ subject: String, _ value: Double, _ owner: Owner? = nil)
            -> Sample
        {
            Sample(
                cell: cell, replication: replication, platform: platform, mode: .simulate, quantity: quantity,
                unit: unit,
                subject: subject, owner: owner, value: value, evidence: .modelled)
        }
        var out: [Sample] = []
        for weight in DiskWeight.allCases {
            let factors: [DiskWeight: Double] = [.used: 1, .allocated: 1.09, .wire: 0.38]
            let factor = factors[weight] ?? 1
            var host = 0.0
            var own = 0.0
            for (owner, bytes) in each where bytes > 0 {
                let shared = !isVM && owner != .writable
                let part = (bytes * factor).rounded()
                out.append(make(weight.quantity, "bytes", "instance", part, owner))
                out.append(make(weight.quantity, "bytes", "host", shared ? part : part * Double(count), owner))
                own += part
                host += shared ? part : part * Double(count)
            }
            out.append(make(weight.quantity, "bytes", "instance", own))
            out.append(make(weight.quantity, "bytes", "host", host))
        }
        for weight in [MemoryWeight.configured, .vmmRSS, .pss] {
            let noise = 1 + 0.02 * draws.next()
            let parts: [(Owner, Double)] = [
                (.platform, isVM ? 45e6 : 9e6), (.os, isVM ? guest.memory : 2e6),
                (.runtime, workload.runtime * 0.3 + 4e6),
                (.app, workload.app + 9e6),
            ]
            var sum = 0.0
            for (owner, bytes) in parts {
                let part = (bytes * noise).rounded()
                sum += part
                out.append(make(weight.quantity, "bytes", "instance", part, owner))
                out.append(make(weight.quantity, "bytes", "host", part * Double(count), owner))
            }
            out.append(make(weight.quantity, "bytes", "instance", sum))
            out.append(make(weight.quantity, "bytes", "host", sum * Double(count)))
        }
        var last = 0.0
        for index in 0..<count {
            let base = isVM ? 7.5 + Double(count) * 0.16 : 0.42 + Double(count) * 0.011
            let seconds = base * (0.9 + 0.25 * draws.next())
            last = max(last, seconds)
            out.append(make(StartMark.spawned.quantity, "seconds", "instance:\(index)", seconds * 0.06))
            out.append(make(StartMark.firstResponse.quantity, "seconds", "instance:\(index)", seconds))
        }
        out.append(make(StartMark.firstResponse.quantity, "seconds", "host", last))
        out.append(make("instances.ready", "instances", "host", Double(count)))
        let limits =
            isVM
            ? ["memory": 660.0, "disk": 4_300, "network": 9_000]
            : ["memory": 6_200, "processes": 8_100, "disk": 31_000]
        out.append(make("density.instances", "instances", "host", limits.values.min() ?? 0))
        for (name, limit) in limits.sorted(by: { $0.key < $1.key }) {
            out.append(make("density.instances", "instances", "bound:\(name)", limit))
        }
        return out
    }

    private func timeline(_ cell: String, _ platform: Platform, slow: Double) -> StartTimeline {
        let steps: [(String, Double, Double, Bool)] =
            platform == .vm
            ? [
                ("spawn", 0, 0.3, true), ("firmware", 0.3, 1.1, true), ("bootloader", 1.1, 1.7, true),
                ("kernel", 1.7, 2.6, true), ("initramfs", 2.6, 3.4, true), ("unit:udev.service", 3.4, 4.5, true),
                ("unit:cloud-init.service", 3.6, 6.2, true), ("unit:ssh.service", 4.5, 4.9, false),
                ("unit:a-service-with-a-very-long-name.service", 4.4, 5.2, false), ("runtime", 6.2, 6.9, true),
                ("answer", 6.9, 7.4, true),
            ]
            : [
                ("create", 0, 0.04, true), ("mount", 0.04, 0.06, true), ("network", 0.06, 0.15, true),
                ("runtime", 0.15, 0.38, true), ("answer", 0.38, 0.4, true),
            ]
        return StartTimeline(
            cell: cell, platform: platform, instance: "median",
            phases: steps.map {
                .init(name: $0.0, startSeconds: $0.1 * slow, endSeconds: $0.2 * slow, critical: $0.3)
            }, marks: [:], evidence: .modelled)
    }
}
