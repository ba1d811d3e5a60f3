import Testing

/// What holds for every verb: help, completions, colour, quiet, and codes for what cannot be done.
@Suite struct ConventionTests {
    static let verbs = [
        "doctor", "check", "claim", "init", "plan", "run", "resume", "runs", "show", "compare", "ps", "clean", "report",
        "explain", "weigh", "boot",
    ]

    @Test("each verb's help has examples, and a wrong flag ends with 64 and prints no data", arguments: verbs)
    func help(_ verb: String) throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let help = try tare.run("\(verb) --help")
        #expect(help.code == 0)
        #expect(help.output.contains("Examples:\n"))
        let wrong = try tare.run("\(verb) --no-such-flag")
        #expect(wrong.code == 64)
        #expect(wrong.output.isEmpty)
        #expect(!wrong.messages.isEmpty)
    }

    @Test("completions are made for three shells, and each names every verb", arguments: ["bash", "zsh", "fish"])
    func completions(_ shell: String) throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let script = try tare.run("--generate-completion-script \(shell)")
        #expect(script.code == 0)
        for verb in Self.verbs { #expect(script.output.contains(verb), "\(verb)") }
        guard shell == "bash" else { return }
        try tare.write("tare.bash", script.output)
        #expect(try tare.shell("bash -n tare.bash").code == 0)
    }

    @Test(
        "off a terminal nothing is coloured, and on one NO_COLOR, TERM=dumb and --color are obeyed",
        arguments: [
            ("TERM=xterm", "", true), ("TERM=dumb", "", false), ("TERM=xterm NO_COLOR=1", "", false),
            ("TERM=xterm", "--color never", false), ("TERM=dumb", "--color always", true),
        ])
    func colour(_ environment: String, _ flags: String, _ isColoured: Bool) throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let call = "env -u NO_COLOR TARE_HOME=home \(environment) '\(TareProgram.path)' doctor \(flags)"
        // `script` gives the program a terminal.
        let seen = try tare.shell("script -qec \"\(call)\" /dev/null </dev/null")
        #expect(seen.output.contains("\u{1B}[") == isColoured, "\(seen.output.prefix(300))")
        if flags.isEmpty { #expect(try !tare.shell(call).output.contains("\u{1B}[")) }
    }

    @Test(
        "what cannot be read or written has its code, and leaves nothing half-written",
        arguments: [
            ("run nothing.yaml", 66), ("report last", 66), ("init --out no/folder/x.yaml", 73), ("check .", 65),
            ("compare a b --threshold 3", 64), ("plan small.yaml --target-precision 5", 64),
            ("run small.yaml --mode x", 64),
        ] as [(String, Int32)])
    func codes(_ words: String, _ code: Int32) throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        let outcome = try tare.run("\(words) --no-input")
        #expect(outcome.code == code, "\(outcome.messages)")
        #expect(outcome.output.isEmpty)
        #expect(try tare.shell("find . -name '*.tmp' -o -name home").output.isEmpty)
    }

    @Test("a report goes where it is told, or ends with 73; for a lecture, and without names")
    func report() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        #expect(try tare.run("run small.yaml --weighings w.json -q").code == 0)
        #expect(try tare.run("report last --out no/folder/page.html").code == 73)
        #expect(try tare.run("report last --out page.html --lecture --anonymise -q").code == 0)
        let page = try tare.read("page.html")
        #expect(page.contains("class=\"lecture\""))
        #expect(page.contains("left out on request"))
        for id in ["layer-strip", "validation", "matters", "ro-crate", "left-out"] {
            #expect(page.contains("id=\"\(id)\""), "\(id)")
        }
    }
}
