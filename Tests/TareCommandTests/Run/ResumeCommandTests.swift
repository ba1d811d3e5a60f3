import TareCore
import Testing

@Suite struct ResumeCommandTests {
    /// Long enough that a kill meets it: 100 steps.
    private static let long = TareProgram.small.split(separator: "small").joined(separator: "long")
        .split(separator: "[1, 5]").joined(separator: "[1, 20, 40, 60]")
        .split(separator: "start: 10,").joined(separator: "start: 25,")

    /// Runs a command and kills it when the newest run's journal, another than `$2`, has `$1` lines: a moment of the run
    /// itself, and not of a clock that other tests slow down.
    private static let killer = """
        lines=$1; other=$2; shift 2
        "$@" & program=$!
        while kill -0 $program 2>/dev/null; do
            last=$(ls -t home/runs | head -n 1)
            count=$(cat "home/runs/$last/journal.jsonl" 2>/dev/null | wc -l)
            if [ "$last" != "$other" ] && [ "$count" -ge "$lines" ]; then kill -KILL $program; fi
        done
        wait $program
        """

    /// The dataset without what differs between two runs, and the journal, as one digest each.
    ///
    /// Facts of the machine are such: a virtual machine's memory may grow between two runs.
    private func digests(_ tare: TareProgram, _ id: String) throws -> String {
        let folder = "home/runs/\(id)"
        let script = """
            import hashlib, json, sys
            data = json.load(open(sys.argv[1] + "/dataset.json"))
            data.pop("run"); data.pop("startedAt"); data.pop("machine")
            print(hashlib.sha256(json.dumps(data).encode()).hexdigest(), len(data["samples"]))
            print(hashlib.sha256(open(sys.argv[1] + "/journal.jsonl", "rb").read()).hexdigest())
            """
        try tare.write("digests.py", script)
        let outcome = try tare.shell("/usr/bin/python3 digests.py \(folder)")
        #expect(outcome.code == 0, "\(outcome.messages)")
        return outcome.output
    }

    @Test("killed at random moments and resumed, a run has the data of one without a break")
    func killed() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        try tare.write("long.yaml", Self.long)
        let whole = try TareProgram.member("run", of: try tare.run("run long.yaml --weighings w.json --json -q").output)
        let expected = try digests(tare, whole)
        try tare.write("kill.sh", Self.killer)
        var random = SystemRandomNumberGenerator()
        var cut = 0
        for _ in 0..<3 {
            let lines = Int.random(in: 1...40, using: &random)
            let killed = try tare.run(
                "run long.yaml --weighings w.json -q", environment: "sh kill.sh \(lines) \(whole)")
            let id = String(
                try #require(try tare.run("runs --plain").output.split(separator: "\n").last).prefix { $0 != "\t" })
            guard killed.code != 0, id != whole else { continue }
            cut += 1
            // A second kill, of the resumed process.
            _ = try tare.run("resume \(id) -q", environment: "timeout -s KILL 0.1")
            let resumed = try tare.run("resume \(id) -q")
            #expect(resumed.code == 0, "\(resumed.messages)")
            #expect(try digests(tare, id) == expected)
            _ = try tare.shell("rm -rf 'home/runs/\(id)'")
        }
        #expect(cut > 0, "no kill met a run")
    }

    @Test("an interrupt saves what is finished, ends with 130 and says how to go on")
    func interrupted() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        try tare.write("long.yaml", Self.long)
        let whole = try TareProgram.member("run", of: try tare.run("run long.yaml --weighings w.json --json -q").output)
        let stopped = try tare.run(
            "run long.yaml --weighings w.json", environment: "timeout -s INT --preserve-status 0.5")
        #expect(stopped.code == 130, "\(stopped.messages)")
        let last = try #require(stopped.messages.split(separator: "\n").last)
        #expect(last.hasPrefix("next: tare resume long-"))
        #expect(try tare.run("resume last -q").code == 0)
        #expect(try digests(tare, String(last.dropFirst(18))) == digests(tare, whole))
    }

    @Test("a changed scenario is refused, and taken by force")
    func changed() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        #expect(try tare.run("run small.yaml --weighings w.json --budget 1us").code == 75)
        try tare.write("small.yaml", TareProgram.small.split(separator: "256MiB").joined(separator: "512MiB"))
        let refused = try tare.run("resume last")
        #expect(refused.code == 65)
        #expect(refused.messages.contains("small.yaml has changed since the run began"))
        let forced = try tare.run("resume last --force")
        #expect(forced.messages.contains("small.yaml has changed"))
    }

    @Test("a changed machine is refused")
    func machine() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        #expect(try tare.run("run small.yaml --weighings w.json --budget 1us").code == 75)
        _ = try tare.shell("sed -i 's/\"memory.total\" : \"/\"memory.total\" : \"9/' home/runs/*/run.json")
        let refused = try tare.run("resume last")
        #expect(refused.code == 65)
        #expect(refused.messages.contains("memory.total was 9"))
    }
}
