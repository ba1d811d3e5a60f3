import Testing

/// A scenario with one mistake: what is replaced in the good one, and where the mistake is reported.
public struct BrokenScenario: Sendable, CustomTestStringConvertible {
    /// A scenario without a mistake.
    public static let good = """
        tare: 1
        name: shop
        claims:
          - { id: os, text: the OS weighs, quantity: "share(os, disk.used)", band: 60%..70% }
        host: { ec2: m6i.metal }
        platforms:
          vm: { profile: nitro, disk: { volume: gp3 8GiB, clone: full } }
          container: { profile: engine, publish: 8080 }
        guests:
          cloud: { builtin: debian-12-cloud }
        services:
          - { name: web, replicas: $n, workload: flask, guest: cloud, memory: 256MiB, ready: GET /health }
        workloads:
          flask: { builtin: flask, payload: $app }
        sweep:
          n: [1, 2]
          app: { log: 20MiB..2GiB, steps: 3 }
        run:
          modes: [simulate]
          reps: { start: 30 }
          stop_when: { ci_half_width: 5%, max_reps: 200 }
          budget: 25min
        """

    /// What is replaced.
    public var from: String
    /// What stands there instead.
    public var to: String
    /// Where the mistake is reported, from 1.
    public var line: Int
    /// Where the mistake is reported, from 1.
    public var column: Int
    /// Words of the message or of the hint.
    public var says: String
    /// The mistake, for a test's name.
    public var testDescription: String { "\(from) -> \(to)" }

    /// The whole text with its mistake; `nil` where the good one has no `from`.
    public var text: String? {
        let parts = Self.good.split(separator: from, maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? parts.joined(separator: to) : nil
    }

    /// One mistake each.
    public static let table: [BrokenScenario] = [
        BrokenScenario(from: "tare: 1", to: "tare: 2", line: 1, column: 7, says: "write `tare: 1`"),
        BrokenScenario(from: "name: shop", to: "nam: shop", line: 2, column: 1, says: "did you mean `name`?"),
        BrokenScenario(from: "name: shop", to: "name: a/b", line: 2, column: 7, says: "not a name"),
        BrokenScenario(from: "disk.used", to: "disk.usd", line: 4, column: 57, says: "did you mean `disk.used`?"),
        BrokenScenario(from: "60%..70%", to: "60..70%", line: 4, column: 76, says: "`60%`"),
        BrokenScenario(from: "60%..70%", to: "70%..60%", line: 4, column: 76, says: "empty"),
        BrokenScenario(from: "m6i.metal", to: "m6i.metl", line: 5, column: 14, says: "did you mean `m6i.metal`?"),
        BrokenScenario(from: "nitro,", to: "nitor,", line: 7, column: 18, says: "did you mean `nitro`?"),
        BrokenScenario(from: "gp3 8GiB", to: "gp3 8", line: 7, column: 41, says: "`8MiB`"),
        BrokenScenario(from: "clone: full", to: "clone: ful", line: 7, column: 58, says: "did you mean `full`?"),
        BrokenScenario(from: "8080", to: "80800", line: 8, column: 42, says: "1 to 65535"),
        BrokenScenario(from: "debian-12-cloud", to: "debian-12-clud", line: 10, column: 21, says: "did you mean"),
        BrokenScenario(from: "$n,", to: "0,", line: 12, column: 28, says: "whole number from 1"),
        BrokenScenario(from: "$n,", to: "$m,", line: 12, column: 28, says: "`$m` is not swept"),
        BrokenScenario(from: "workload: flask,", to: "workload: flsk,", line: 12, column: 42, says: "`flask`"),
        BrokenScenario(from: "guest: cloud", to: "guest: clou", line: 12, column: 56, says: "did you mean `cloud`?"),
        BrokenScenario(from: "256MiB", to: "256", line: 12, column: 71, says: "`256MiB`"),
        BrokenScenario(from: "256MiB", to: "256Mib", line: 12, column: 71, says: "did you mean `256MiB`?"),
        BrokenScenario(from: "GET /health", to: "port 80", line: 12, column: 86, says: "real answer"),
        BrokenScenario(from: "n: [1, 2]", to: "n: [1, 1]", line: 16, column: 10, says: "given twice"),
        BrokenScenario(from: "20MiB..2GiB", to: "2GiB..20MiB", line: 17, column: 15, says: "empty"),
        BrokenScenario(from: "[simulate]", to: "[simulat]", line: 19, column: 11, says: "did you mean `simulate`?"),
        BrokenScenario(from: "start: 30", to: "start: 0", line: 20, column: 18, says: "from 1"),
        BrokenScenario(from: "half_width: 5%", to: "half_width: 0.05", line: 21, column: 31, says: "`5%`"),
        BrokenScenario(from: "max_reps: 200", to: "max_reps: 5", line: 21, column: 45, says: "30 or more"),
        BrokenScenario(from: "25min", to: "25", line: 22, column: 11, says: "`25s`"),
        BrokenScenario(from: "name: shop", to: "name: shop\nname: b", line: 2, column: 1, says: "given twice"),
    ]
}
