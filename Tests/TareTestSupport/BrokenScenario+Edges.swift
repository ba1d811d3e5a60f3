extension BrokenScenario {
    /// Mistakes at the edge of what YAML and numbers allow.
    public static let edges: [BrokenScenario] = [
        BrokenScenario(from: "256MiB", to: "&m 256MiB", line: 12, column: 71, says: "`&m` is a YAML anchor"),
        BrokenScenario(from: "guest: cloud", to: "guest: *g", line: 12, column: 56, says: "`*g` is a YAML alias"),
        BrokenScenario(from: "name: shop", to: "&k name: shop", line: 2, column: 1, says: "anchor"),
        BrokenScenario(
            from: "cloud: { builtin: debian-12-cloud }", to: "cloud: { <<: { builtin: debian-12-cloud } }", line: 10,
            column: 12, says: "unknown key `<<`"),
        BrokenScenario(from: "n: [1, 2]", to: "n: [1, 2]\n  $m: [1]", line: 17, column: 7, says: "`$m` is not a name"),
        BrokenScenario(from: "start: 30", to: "start: 30, start: 20", line: 20, column: 11, says: "given twice"),
        BrokenScenario(
            from: "memory: 256MiB", to: "memory: 256MiB, memory: 512MiB", line: 12, column: 63, says: "given twice"),
        BrokenScenario(from: "  cloud: {", to: "\tcloud: {", line: 10, column: 1, says: "indent with spaces"),
        BrokenScenario(
            from: "{ ec2: m6i.metal }", to: "{ cores: 99999999999999999999, memory: 8GiB }", line: 5, column: 16,
            says: "1 to 4096"),
        BrokenScenario(from: "256MiB", to: "99999999999999999999999GiB", line: 12, column: 71, says: "out of range"),
        BrokenScenario(
            from: "[1, 2]", to: "[1, 99999999999999999999]", line: 12, column: 28, says: "whole number from 1"),
        BrokenScenario(
            from: "n: [1, 2]", to: "n: { linear: 1..1000, steps: 1000 }\n  m: { linear: 1..1000, steps: 1000 }",
            line: 16, column: 3, says: "more than 100,000 cells"),
        BrokenScenario(
            from: "{ ec2: m6i.metal }", to: "{ cores: 4, memory: 8GiB, network: -25Gbit/s }", line: 5, column: 42,
            says: "out of range"),
        BrokenScenario(
            from: "{ ec2: m6i.metal }", to: "{ cores: 4, memory: 8GiB, network: 25MB/s }", line: 5, column: 42,
            says: "not a unit of a network bandwidth"),
        BrokenScenario(
            from: "{ ec2: m6i.metal }", to: "{ cores: 4, memory: 8GiB, disk: { bandwidth: 0MB/s } }", line: 5,
            column: 52, says: "moves nothing"),
        BrokenScenario(
            from: "{ ec2: m6i.metal }", to: "{ cores: 2, numa: 8, memory: 8GiB }", line: 5, column: 25,
            says: "2 or less"),
        BrokenScenario(
            from: "{ ec2: m6i.metal }", to: "{ cores: 2, memory: 100MiB }", line: 12, column: 3, says: "larger host"),
        BrokenScenario(
            from: "budget: 25min", to: "budget: 25min\n  seed: -1", line: 23, column: 9, says: "whole number from 0"),
        BrokenScenario(from: "25min", to: "0s", line: 22, column: 11, says: "above 0s"),
        BrokenScenario(
            from: "ready: GET /health", to: "ready: GET /health, ready_timeout: 0s", line: 12, column: 114,
            says: "above 0s"),
        BrokenScenario(
            from: "band: 60%..70%", to: "band: 60%..70%, at_least: 3%", line: 4, column: 96, says: "take one of"),
        BrokenScenario(from: "60%..70%", to: "60%..170%", line: 4, column: 76, says: "from 0% to 100%"),
        BrokenScenario(
            from: "band: 60%..70%", to: "band: 60%..70%, scope: { n: 9..2 }", line: 4, column: 98, says: "`2..9`"),
        BrokenScenario(
            from: "band: 60%..70%", to: "band: 60%..70%, scope: { x: 1..2 }", line: 4, column: 95,
            says: "did you mean `n`?"),
        BrokenScenario(from: "share(os", to: "shre(os", line: 4, column: 47, says: "did you mean `share`?"),
        BrokenScenario(
            from: "share(os, disk.used)", to: "share(os, disk.used", line: 4, column: 65, says: "function(arguments)"),
        BrokenScenario(from: "gp3 8GiB", to: "gp3 0GiB", line: 7, column: 41, says: "above 0B"),
        BrokenScenario(from: "[simulate]", to: "[]", line: 19, column: 10, says: "names none"),
        BrokenScenario(from: "name: shop\n", to: "", line: 1, column: 1, says: "add `name:`"),
        BrokenScenario(from: "shop", to: "sh\u{7}op", line: 2, column: 9, says: "control characters"),
        BrokenScenario(from: "[1, 2]", to: "[1, 2", line: 17, column: 6, says: "not YAML"),
        BrokenScenario(
            from: "builtin: flask,", to: "builtin: flask, image: x.tar,", line: 14, column: 10, says: "exactly one of"),
        BrokenScenario(
            from: "builtin: flask, payload: $app", to: "layers: []", line: 14, column: 20, says: "names none"),
        BrokenScenario(from: "half_width: 5%", to: "half_width: 0%", line: 21, column: 31, says: "never be reached"),
        BrokenScenario(
            from: "max_reps: 200", to: "max_reps: 200, quantities: [disk.usd]", line: 21, column: 63,
            says: "did you mean `disk.used`?"),
        BrokenScenario(
            from: "budget: 25min", to: "budget: 25min\n---\ntare: 1", line: 23, column: 1, says: "another document"),
    ]
}
