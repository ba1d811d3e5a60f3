import FoundationEssentials
import TareCore
import TareExperiment
import Testing

@testable import TareReport

@Suite("A report's sections") struct ReportSectionTests {
    private func data(_ fixture: ReportFixture = ReportFixture(), _ rows: [ValidationRow] = []) -> ReportData {
        ReportData(dataset: fixture.dataset(), claims: [], options: ReportOptions(validation: rows))
    }

    private func row(_ id: String, _ error: Double, passes: Bool, calibration: Bool = false) -> ValidationRow {
        ValidationRow(
            id: id, quantity: "boot", published: "1 s", modelled: "\(1 + error) s", error: error, passes: passes,
            isCalibration: calibration)
    }

    @Test("a layer strip has an image once, whichever guest it ran beside, and its bytes add up to the container")
    func layers() throws {
        let data = data()
        let table = try #require(LayerSection(data: data).figures.first).table
        #expect(Set(table.rows.map { $0[0].text }) == ["nginx", "flask"])
        let cell = try #require(data.dataset.cells.last { $0.settings["workload"] == "flask" })
        let sum = table.rows.filter { $0[0].text == "flask" }.compactMap { $0[3].value }.reduce(0, +)
        let parts = Owner.allCases.filter { $0 != .platform }.compactMap {
            data.index.mean(cell.id, .container, "disk.used", "instance", $0)
        }
        #expect(abs(sum - parts.reduce(0, +)) < 1)
        for row in table.rows { #expect(row[5].text == (row[2].text == "written" ? "1" : "50")) }
    }

    @Test("the tornado moves one setting at a time, and the longest bar stands first")
    func tornado() throws {
        let figure = try #require(SensitivitySection(data: data()).figures.first)
        let rows = figure.table.rows.filter { $0[0].text == figure.table.rows[0][0].text }
        #expect(Set(rows.map { $0[1].text }).isSubset(of: ["n", "os", "workload"]) && rows.count >= 2)
        let widths = rows.compactMap { $0[6].value }
        #expect(widths == widths.sorted(by: >) && widths[0] > 0)
        #expect(figure.title.contains("\(rows[0][1].text) moves"))
        for row in rows { #expect(try #require(row[3].value) <= #require(row[5].value)) }
    }

    @Test("with one swept setting the page says what a tornado needs")
    func oneSetting() {
        var fixture = ReportFixture()
        fixture.workloads = [("flask", 64e6, 3e6)]
        fixture.guests = [("debian-12-cloud", 1e9, 1e8)]
        let section = SensitivitySection(data: data(fixture))
        #expect(section.figures.isEmpty)
        #expect(section.html.contains("sweeps at least two settings"))
    }

    @Test("validation has the rows outside first, then the farthest off, and calibration last")
    func validation() {
        let rows = [
            row("near", 0.01, passes: true), row("fit", 0.9, passes: true, calibration: true),
            row("far", -0.3, passes: true), row("outside", 0.2, passes: false),
        ]
        let section = ValidationSection(data: data(ReportFixture(), rows))
        #expect(section.rows.map(\.id) == ["outside", "far", "near", "fit"])
        #expect(section.finding.hasPrefix("2 of 3 checks"))
        #expect(section.html.contains("OUTSIDE"))
        #expect(ValidationSection(data: data()).html.isEmpty)
    }

    @Test("the research metadata are JSON-LD with one action, its instrument, its object and its result")
    func crate() throws {
        struct Document: Decodable {
            struct Reference: Decodable { var id: String; enum CodingKeys: String, CodingKey { case id = "@id" } }
            struct Entity: Decodable {
                var id: String
                var type: String
                var instrument: Reference?
                var object: [Reference]?
                var result: [Reference]?
                enum CodingKeys: String, CodingKey {
                    case id = "@id"
                    case type = "@type"
                    case instrument, object, result
                }
            }
            var graph: [Entity]
            enum CodingKeys: String, CodingKey { case graph = "@graph" }
        }
        let document = try JSONText.decode(Document.self, from: ResearchCrate(data: data()).text, subject: "crate")
        let ids = Set(document.graph.map(\.id))
        #expect(ids.isSuperset(of: ["./", "ro-crate-metadata.json"]))
        let action = try #require(document.graph.first { $0.type == "CreateAction" })
        let named = [action.instrument?.id] + (action.object ?? []).map(\.id) + (action.result ?? []).map(\.id)
        #expect(named.count == 3 && named.allSatisfy { $0.map(ids.contains) ?? false })
    }
}
