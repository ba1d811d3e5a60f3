import TareCore
import Testing

@Suite struct RunCommandTests {
    @Test("two runs with one seed print the same document but for id and time, with one thread and with two")
    func sameBytes() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        let one = try tare.run("run small.yaml --weighings w.json --json -q", environment: "TARE_THREADS=1")
        let two = try tare.run("run small.yaml --weighings w.json --json -q", environment: "TARE_THREADS=2")
        #expect(one.code == 0)
        #expect(one.messages.isEmpty)
        #expect(try tare.faults(of: one.output, schema: "run") == "")
        #expect(TareProgram.lasting(one.output) == TareProgram.lasting(two.output))
        let other = try tare.run("run small.yaml --weighings w.json --json -q --seed 2")
        #expect(TareProgram.lasting(one.output) != TareProgram.lasting(other.output))
    }

    @Test("a run has a table, verdicts and one next command; it is listed, shown and planned")
    func table() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        let run = try tare.run("run small.yaml --weighings w.json")
        #expect(run.code == 0)
        for word in ["disk.used", "start.first-response", "VM / container", "exact", "MODELLED", "the OS weighs"] {
            #expect(run.output.contains(word), "\(word) is missing in:\n\(run.output)")
        }
        #expect(run.messages.split(separator: "\n").last?.hasPrefix("next: tare show small-") == true)
        let runs = try tare.run("runs --json")
        #expect(try tare.faults(of: runs.output, schema: "runs") == "")
        #expect(runs.output.contains("\"complete\""))
        let show = try tare.run("show last --json")
        #expect(try tare.faults(of: show.output, schema: "show") == "")
        #expect(try tare.run("show small").output.contains("complete, seed 1"))
        let plan = try tare.run("plan small.yaml --weighings w.json --target-precision 1% --json")
        #expect(try tare.faults(of: plan.output, schema: "plan") == "")
        #expect(plan.output.contains("half_width"))
        #expect(
            try tare.run("plan small.yaml --weighings w.json").output.hasPrefix(
                "small: 2 cells x 10 replications on vm and container\n"))
        let idle = try tare.run("ps --json")
        #expect(try tare.faults(of: idle.output, schema: "ps") == "")
    }

    @Test(
        "planning and a dry run write nothing",
        arguments: ["plan small.yaml --weighings w.json", "run small.yaml --weighings w.json --dry-run"])
    func writesNothing(_ words: String) throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        #expect(try tare.run(words).code == 0)
        #expect(throws: (any Error).self) { try tare.read("home/runs") }
        #expect(try tare.run("runs").messages.hasPrefix("no run is kept yet\n"))
    }

    @Test(
        "what cannot be done ends with its code and says what to do",
        arguments: [
            ("run missing.yaml", 66, "tare init"),
            ("run small.yaml --weighings w.json --mode measure", 69, "--mode simulate"),
            ("run small.yaml --weighings w.json --mode both", 69, "--mode simulate"),
            ("run small.yaml --weighings w.json --budget 20", 64, "`20s`"),
            ("run small.yaml --weighings w.json --budget 1us", 75, "tare resume small-"),
            ("run small.yaml --weighings w.json --reps 0", 64, "whole number"),
            ("run small.yaml --weighings w.json --fail-on refutd", 64, "refuted"),
            (
                "run small.yaml --weighings w.json --fail-on depends,refuted,supported,inconclusive,untestable", 20,
                "next:"
            ),
            ("show nothing", 66, "tare runs"), ("resume nothing", 66, "tare runs"), ("init quik", 64, "quick?"),
            ("compare a b", 66, "no such run"), ("clean --run nothing --yes", 66, "no such run"),
        ] as [(String, Int32, String)])
    func refused(_ words: String, _ code: Int32, _ says: String) throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        let outcome = try tare.run(words)
        #expect(outcome.code == code, "\(outcome.messages)")
        #expect(outcome.messages.contains(says), "\(outcome.messages)")
    }

    @Test("the same run twice has no clear change, and a bigger guest is a regression")
    func compare() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        let lean = TareProgram.small.split(separator: "900MiB").joined(separator: "300MiB")
        try tare.write("lean.yaml", lean)
        let first = try TareProgram.member("run", of: try tare.run("run lean.yaml --weighings w.json --json").output)
        let same = try TareProgram.member("run", of: try tare.run("run lean.yaml --weighings w.json --json").output)
        let fat = try TareProgram.member("run", of: try tare.run("run small.yaml --weighings w.json --json").output)
        let equal = try tare.run("compare \(first) \(same) --json --fail-on-regression")
        #expect(equal.code == 0)
        #expect(try tare.faults(of: equal.output, schema: "compare") == "")
        #expect(!equal.output.contains("\"regression\""))
        let worse = try tare.run("compare \(first) \(fat) --fail-on-regression")
        #expect(worse.code == 21)
        #expect(worse.output.contains("regression"))
        #expect(try tare.run("compare \(fat) \(first)").output.contains("improvement"))
    }

    @Test("a template is written once, passes the check and is replaced only by force")
    func begin() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        #expect(try tare.run("init").output == "quick.yaml\n")
        #expect(try tare.run("init").code == 73)
        #expect(try tare.run("init --force").code == 0)
        for name in ["quick", "claim", "density", "storm", "custom"] {
            #expect(try tare.run("init \(name) --out \(name)-2.yaml").code == 0)
            let check = try tare.run("check \(name)-2.yaml --json")
            #expect(check.code == 0)
            #expect(try tare.faults(of: check.output, schema: "check") == "")
        }
        #expect(try tare.faults(of: try tare.run("init --list --json").output, schema: "init") == "")
    }

    @Test("clean says what it would remove, removes it with --yes, and keeps what can be resumed")
    func clean() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        #expect(try tare.run("run small.yaml --weighings w.json --budget 1us").code == 75)
        _ = try tare.run("run small.yaml --weighings w.json -q")
        _ = try tare.shell("mkdir -p home/runs/half && echo x > home/runs/half/run.json")
        let would = try tare.run("clean --json")
        #expect(try tare.faults(of: would.output, schema: "clean") == "")
        #expect(would.output.contains("\"half\""))
        #expect(try tare.read("home/runs/half/run.json") == "x\n")
        #expect(try tare.run("clean --yes").code == 0)
        #expect(throws: (any Error).self) { try tare.read("home/runs/half/run.json") }
        #expect(try tare.run("runs --plain").output.split(separator: "\n").count == 2)
        #expect(try tare.run("clean --run last --yes").code == 0)
        #expect(try tare.run("runs --plain").output.split(separator: "\n").count == 1)
    }
}
