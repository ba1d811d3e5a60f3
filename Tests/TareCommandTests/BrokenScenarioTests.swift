import FoundationEssentials
import TareTestSupport
import Testing

/// Broken scenarios as a user meets them: through the built program.
@Suite struct BrokenScenarioTests {
    @Test("every broken scenario ends with 65, names file, line and column, prints no data and writes nothing")
    func broken() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.write("good.yaml", BrokenScenario.good)
        for (index, mistake) in (BrokenScenario.table + BrokenScenario.edges).enumerated() {
            try tare.write("x.yaml", try #require(mistake.text))
            let verb = ["check", "plan", "run", "claim"][index % 4]
            let outcome = try tare.run("\(verb) x.yaml")
            #expect(outcome.code == 65, "\(mistake): \(outcome.messages)")
            #expect(outcome.output.isEmpty)
            let place = "x.yaml:\(mistake.line):\(mistake.column): "
            let line = outcome.messages.split(separator: "\n").first {
                $0.hasPrefix(place) && $0.contains(mistake.says)
            }
            #expect(line?.contains("; ") == true, "\(mistake): \(outcome.messages)")
        }
        #expect(!FileManager.default.fileExists(atPath: tare.folder + "/home"))
        #expect(try tare.run("check good.yaml").code == 0)
    }

    @Test(
        "what is no text ends with 65 as well",
        arguments: [
            ("x.yaml:1:2: ", [0x1f, 0x8b, 8, 0]), ("x.yaml:1:1: ", [0xff, 0xfe, 0x74, 0]), ("x.yaml:1:1: ", []),
            ("x.yaml:2:9: ", Array("tare: 1\nname: sh".utf8) + [0xf6, 0x70]),
        ] as [(String, [UInt8])])
    func noText(_ place: String, _ bytes: [UInt8]) throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try Data(bytes).write(to: URL(filePath: "\(tare.folder)/x.yaml"))
        let outcome = try tare.run("check x.yaml --json")
        #expect(outcome.code == 65)
        #expect(outcome.messages.contains(place), "\(outcome.messages)")
    }
}
