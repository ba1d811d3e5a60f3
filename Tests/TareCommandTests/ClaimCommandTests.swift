import FoundationEssentials
import TareCore
import Testing

@Suite struct ClaimCommandTests {
    private struct Document: Decodable {
        struct Claim: Decodable {
            struct Cell: Decodable, Hashable {
                var workload: String
                var guest: String
                var denominator: String
                var share: Double
            }

            var id: String
            var verdict: String
            var band: [Double]
            var cells: [Cell]
        }

        var claims: [Claim]
    }

    @Test("the stored claim fits its schema and covers 7 workloads x 2 guests x 4 denominators")
    func schemaAndCells() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let outcome = try tare.run("claim --stored --json -q")
        #expect(outcome.code == 0)
        #expect(try tare.faults(of: outcome.output, schema: "claim") == "")
        let document = try JSONText.decode(Document.self, from: outcome.output, subject: "claim --json")
        let disk = try #require(document.claims.first { $0.id == "os-share-disk" })
        #expect(disk.cells.count == 7 * 2 * 4)
        #expect(disk.cells.allSatisfy { $0.share > 0 && $0.share < 1 })
        #expect(Set(document.claims.map(\.id)).count == 4)
    }

    @Test("the same claim gives the same bytes, also with one and with two threads")
    func repeats() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let one = try tare.run("claim --stored --json -q", environment: "TARE_THREADS=1")
        let two = try tare.run("claim --stored --json -q", environment: "TARE_THREADS=2")
        #expect(one.code == 0)
        #expect(one.output == two.output)
    }

    @Test("--expect decides the exit code, the verdict alone never does")
    func expectation() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let verdict = try JSONText.decode(
            Document.self, from: try tare.run("claim os-share-disk --stored --json -q").output, subject: "claim"
        ).claims[0].verdict
        #expect(try tare.run("claim os-share-disk --stored -q --expect \(verdict)").code == 0)
        let other = verdict == "untestable" ? "supported" : "untestable"
        #expect(try tare.run("claim os-share-disk --stored -q --expect \(other)").code == 20)
    }

    @Test("another band changes the claim, a band that is none is refused")
    func band() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let wide = try tare.run("claim os-share-disk --stored --json -q --band 0%..100%")
        let document = try JSONText.decode(Document.self, from: wide.output, subject: "claim")
        #expect(document.claims.map(\.band) == [[0, 1]])
        #expect(document.claims[0].verdict == "supported")
        for wrong in ["60", "70%..60%", "a..b", "10%..120%"] {
            #expect(try tare.run("claim --stored --band \(wrong)").code == 64)
        }
    }

    @Test("an unknown claim ends with 66 and the one that was meant, and writes nothing")
    func unknown() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let outcome = try tare.run("claim os-share-dsk --stored")
        #expect(outcome.code == 66)
        #expect(outcome.output.isEmpty)
        #expect(outcome.messages.contains("did you mean os-share-disk?"))
        #expect(!FileManager.default.fileExists(atPath: tare.folder + "/home"))
    }

    @Test("the report is one page that names the verdict and asks for nothing from outside")
    func report() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let outcome = try tare.run("claim --stored -q --report page.html")
        #expect(outcome.code == 0)
        let page = try String(contentsOfFile: tare.folder + "/page.html", encoding: .utf8)
        #expect(page.contains("Content-Security-Policy"))
        #expect(page.contains("60% to 70% of the disk"))
        for remote in ["src=\"http", "href=\"http", "url(http", "@import"] { #expect(!page.contains(remote)) }
        let missing = try tare.run("claim --stored -q --report no/such/folder/page.html")
        #expect(missing.code == 73)
    }
}
