import TareCatalog
import TareCore
import TareExperiment

@testable import TareRunners

/// Small made-up weighings and a scenario on them: a fixture, not a measurement.
enum RunnerFixture {
    static func weighing(_ base: String, _ workload: String?, os: Int64, payload: Int64) -> Weighing {
        var owners = [row(.os, .base, os)]
        if workload != nil { owners += [row(.runtime, .runtime, payload), row(.app, .application, 1)] }
        let used = owners.reduce(ByteCount.zero) { $0 + $1.used }
        let weights = DiskWeights(virtual: used, allocated: used, used: used, wire: ByteCount(used.bytes / 2))
        return Weighing(
            subject: workload.map { "\($0) on \(base)" } ?? base, workload: workload, base: base, evidence: .measured,
            weights: weights, owners: owners)
    }

    private static func row(_ owner: Owner, _ group: OwnerGroup, _ mebibytes: Int64) -> OwnerWeight {
        let bytes = ByteCount.mebibytes(mebibytes)
        return OwnerWeight(
            owner: owner, group: group, files: 10, used: bytes, allocated: bytes, wire: ByteCount(bytes.bytes / 2))
    }

    static let content = ContentSource(
        weighings: [("debian-12-container", 120), ("debian-12-minimal", 400), ("debian-12-cloud", 900)].flatMap {
            base, os in
            [weighing(base, nil, os: os, payload: 0), weighing(base, "flask", os: os, payload: 60)]
        })

    static func scenario(replicas: String = "4", workload: String = "flask", guest: String = "debian-12-minimal")
        -> Scenario
    {
        Scenario(
            name: "fixture", host: .ec2("m6i.metal"),
            services: [ServiceTemplate(name: "web", replicas: replicas, workload: workload, guest: guest)])
    }
}
