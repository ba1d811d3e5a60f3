import FoundationEssentials
import TareTestSupport
import Testing

/// Every verb under `--json`: one document that fits its schema, also where it fails.
@Suite struct JSONDocumentTests {
    @Test("each verb prints one document that fits its schema, and nothing else with -q")
    func every() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        try tare.write("tree/etc/os-release", "ID=debian\n")
        let run = try TareProgram.member("run", of: try tare.run("run small.yaml --weighings w.json --json -q").output)
        let other = try TareProgram.member(
            "run", of: try tare.run("run small.yaml --weighings w.json --json -q").output)
        let calls = [
            ("doctor", "doctor"), ("explain allocated", "explain"), ("init --list", "init"),
            ("init --out new.yaml", "init"), ("check small.yaml", "check"), ("check small.yaml --normalise", "check"),
            ("plan small.yaml --weighings w.json", "plan"),
            ("plan small.yaml --weighings w.json --target-precision 2%", "plan"),
            ("run small.yaml --weighings w.json --dry-run", "plan"), ("run small.yaml --weighings w.json", "run"),
            ("resume last", "run"), ("runs", "runs"), ("show \(run)", "show"),
            ("compare \(run) \(other)", "compare"), ("ps", "ps"), ("clean", "clean"),
            ("clean --run \(other) --yes", "clean"), ("report \(run) --out page.html", "report"),
            ("report \(run) --format svg --out charts", "report"), ("report \(run) --format csv --out a.csv", "report"),
            ("claim --stored", "claim"), ("weigh tree", "weigh"),
        ]
        for (words, schema) in calls {
            let outcome = try tare.run("\(words) --json -q")
            #expect(outcome.code == 0, "\(words): \(outcome.messages)")
            #expect(outcome.messages.isEmpty, "\(words): \(outcome.messages)")
            #expect(try tare.faults(of: outcome.output, schema: schema) == "", "\(words)")
        }
    }

    @Test(
        "a verb that fails prints one document of its error and ends with its code",
        arguments: [
            ("check nothing.yaml", 66), ("run nothing.yaml", 66), ("plan broken.yaml", 65), ("claim broken.yaml", 65),
            ("show nothing", 66), ("weigh nothing", 66), ("explain alocated", 64), ("run --seed x", 64), ("chek a", 64),
            ("doctor --wrong", 64), ("init quik", 64), ("init --out no/folder/x.yaml", 73), ("compare a", 64),
            ("report nothing", 66), ("resume nothing", 66), ("clean --run nothing --yes", 66),
            ("calibrate containers --workload ngnix", 66), ("calibrate containers --check x", 64),
            ("boot nothing", 64),
            ("boot debian-12-minimal --memory 4", 64),
        ] as [(String, Int32)])
    func failing(_ words: String, _ code: Int32) throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        try tare.write("broken.yaml", "tare: 2\n")
        let outcome = try tare.run("\(words) --json")
        #expect(outcome.code == code, "\(outcome.messages)")
        #expect(try tare.faults(of: outcome.output, schema: "error") == "")
        #expect(outcome.output.contains("\"exit_code\" : \(code)"))
        #expect(!outcome.messages.isEmpty)
    }

    @Test("a code that a result carries comes with that result, and with no second document")
    func oneOnly() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        for (words, code, schema) in [
            ("run small.yaml --weighings w.json --budget 1us", 75, "run"),
            ("claim os-share-disk --stored --expect untestable", 20, "claim"),
        ] as [(String, Int32, String)] {
            let outcome = try tare.run("\(words) --json -q")
            #expect(outcome.code == code)
            #expect(try tare.faults(of: outcome.output, schema: schema) == "")
        }
    }

    @Test(
        "Docs/JSON.md says what each key of each schema means, as the schemas do",
        arguments: [
            "boot", "calibrate", "check", "claim", "clean", "compare", "doctor", "error", "explain", "init", "plan",
            "ps",
            "report", "run",
            "runs", "show",
        ])
    func page(_ verb: String) throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let page = try String(contentsOfFile: "\(TareProgram.root)/Docs/JSON.md", encoding: .utf8)
        let made = try tare.shell("/usr/bin/python3 '\(TareProgram.root)/Scripts/json-page'")
        #expect(made.code == 0, "\(made.messages)")
        func section(_ text: String) -> String? {
            text.split(separator: "\n## ").map(String.init).first { $0.hasPrefix("[\(verb)]") }
        }
        let wanted = try #require(section(made.output))
        #expect(section(page) == wanted, "make it anew: Scripts/json-page > Docs/JSON.md")
        #expect(!wanted.contains("|  |\n"), "a key has no description")
    }
}
