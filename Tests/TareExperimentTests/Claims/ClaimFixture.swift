import TareCore

@testable import TareExperiment

/// A small run whose numbers are round, for the tests of claims.
enum ClaimFixture {
    static let scenario = """
        tare: 1
        name: shop
        claims:
          - id: os
            text: the OS weighs 60-70%
            quantity: "share(os, disk.used)"
            band: 60%..70%
            scope: { n: 1..50, os: [cloud], app: [20MiB..2GiB] }
        host: { ec2: m6i.metal }
        platforms:
          vm: { profile: nitro, disk: { volume: gp3 8GiB, clone: full } }
          container: { profile: engine, publish: 8080 }
        guests:
          cloud: { builtin: debian-12-cloud }
          small: { builtin: debian-12-minimal }
        services:
          - { name: web, replicas: $n, workload: flask, guest: $os, memory: 256MiB, ready: GET /health }
        workloads:
          flask: { builtin: flask, payload: $app }
        sweep:
          n: [1, 50]
          os: [cloud, small]
          app: [20MiB, 512MiB, 4GiB]
        run:
          modes: [simulate]
        """

    static func cell(n: Int = 1, os: String = "cloud", app: String = "20MiB") -> Cell {
        let settings = ["n": "\(n)", "os": os, "app": app]
        return Cell(id: "app=\(app),n=\(n),os=\(os)", settings: settings, instances: n)
    }

    static func dataset(_ cells: [Cell], _ samples: [Sample], text: String = scenario) -> Dataset {
        Dataset(
            run: "r",
            scenarioText: text,
            scenarioHash: "",
            seed: 1,
            version: "0",
            machine: [:],
            startedAt: "",
            cells: cells,
            samples: samples
        )
    }

    /// One replication's OS and app bytes of an instance.
    static func shares(
        _ cell: Cell,
        _ quantity: String,
        os: Double,
        of whole: Double = 1000,
        replication: Int = 0,
        subject: String = "instance",
        evidence: Evidence = .measured
    ) -> [Sample] {
        [(Owner.os, os), (.app, whole - os)].map { owner, value in
            Sample(
                cell: cell.id,
                replication: replication,
                platform: .vm,
                mode: .measure,
                quantity: quantity,
                unit: "bytes",
                subject: subject,
                owner: owner,
                value: value * 1_048_576,
                evidence: evidence
            )
        }
    }

    static func start(_ cell: Cell, seconds: Double, replication: Int, subject: String, platform: Platform = .vm)
        -> Sample
    {
        Sample(
            cell: cell.id,
            replication: replication,
            platform: platform,
            mode: .measure,
            quantity: "start.first-response",
            unit: "seconds",
            subject: subject,
            value: seconds,
            evidence: .measured
        )
    }
}
