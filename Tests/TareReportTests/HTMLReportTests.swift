import FoundationEssentials
import Glibc
import TareCore
import TareExperiment
import Testing

@testable import TareReport

@Suite("An HTML report") struct HTMLReportTests {
    static let hostileText = "</script><img src=x onerror=alert(1)>\"'&\u{1}</pre>"

    static func empty(_ text: String = "name: plain") -> Dataset {
        Dataset(
            run: "r1", scenarioText: text, scenarioHash: "sha256:0", seed: 7, version: "0.1.0", machine: [:],
            startedAt: "2026-01-01T00:00:00Z", cells: []
        )
    }

    static func page(_ fixture: ReportFixture = ReportFixture()) throws -> String {
        let dataset = fixture.dataset()
        return HTMLReport(dataset: dataset, claims: try fixture.claims(dataset)).render()
    }

    /// The text between the first `start` and the next `end`.
    static func between(_ text: String, _ start: String, _ end: String) -> String {
        let pieces = text.split(separator: start, maxSplits: 1, omittingEmptySubsequences: false)
        guard pieces.count == 2 else { return "" }
        return String(pieces[1].split(separator: end, maxSplits: 1, omittingEmptySubsequences: false)[0])
    }

    @Test("SHA-256 of abc is the published digest") func digest() {
        #expect(HTMLReport.hash("abc") == "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
    }

    @Test("the policy names the hashes of the very style and script that the page holds") func policy() throws {
        let page = try Self.page()
        let style = Self.between(page, "<style>", "</style>")
        let script = Self.between(page, "<script>", "</script>")
        let policy = Self.between(page, "Content-Security-Policy\" content=\"", "\"")
        #expect(policy.contains("default-src 'none'"))
        #expect(policy.contains("style-src '\(HTMLReport.hash(style))'"))
        #expect(policy.contains("script-src '\(HTMLReport.hash(script))'"))
        #expect(!page.contains(" style=\"") && !page.contains(" onclick"))
        #expect(script.utf8.count < 20_000)
    }

    @Test("nothing remote is named") func remote() throws {
        // Names of the research metadata look like addresses; the block is data, which no browser fetches.
        let page = try Self.page().split(separator: "<script type=\"application/ld+json\"", maxSplits: 1).enumerated()
            .map { $0 == 0 ? String($1) : String($1.split(separator: "</script>", maxSplits: 1)[1]) }.joined()
        for mark in ["http://", "https://", " src=", "@import", "<link", "<iframe"] { #expect(!page.contains(mark)) }
        let urls = page.split(separator: "url(", omittingEmptySubsequences: false).dropFirst()
        #expect(!urls.isEmpty && urls.allSatisfy { $0.hasPrefix("#tare-") })
    }

    @Test("every section and figure of a run is there, each figure with title, description and table") func skeleton()
        throws
    {
        let page = try Self.page()
        let ids = [
            "verdicts", "glance", "fits", "copies", "start", "anatomy", "where", "left-out", "method", "provenance",
            "disk-by-owner", "memory-by-owner", "density", "duplication", "start-curve", "start-storm", "boot",
            "layers", "layer-strip", "matters", "tornado", "ro-crate",
            "claim-map", "heat-os-share-disk", "dataset",
        ]
        for id in ids { #expect(page.components(separated: "id=\"\(id)\"") == 2, "\(id)") }
        for id in ids { #expect(!page.contains("href=\"#\(id)-missing\"")) }
        let figures = page.split(separator: "<figure").dropFirst().filter { $0.contains("<svg") }
        #expect(figures.count >= 8)
        for figure in figures {
            #expect(figure.contains("role=\"img\"") && figure.contains("<desc") && figure.contains("<table"))
        }
    }

    @Test("ids are unique") func unique() throws {
        let ids = try Self.page().split(separator: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(Set(ids).count == ids.count)
    }

    @Test("the embedded data are JSON that gives the bars back") func embedded() throws {
        let fixture = ReportFixture()
        let dataset = fixture.dataset()
        let data = ReportData(dataset: dataset, claims: [], options: ReportOptions())
        let text = EmbeddedData(data: data).render().text
        struct Document: Decodable {
            struct Series: Decodable {
                var platform: String
                var quantity: String
                var subject: String
                var owner: String?
                var rows: [[Double]]
            }
            struct Place: Decodable { var id: String }
            var cells: [Place]
            var series: [Series]
        }
        let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
        let cell = try #require(data.largest)
        let place = try #require(document.cells.firstIndex { $0.id == cell.id })
        let series = try #require(
            document.series.first {
                $0.platform == "vm" && $0.quantity == "disk.used" && $0.subject == "host" && $0.owner == "os"
            })
        let row = try #require(series.rows.first { Int($0[0]) == place })
        #expect(row[2] == data.index.total(cell, .vm, "disk.used", .os))
    }

    @Test("hostile text stays text") func escapes() throws {
        var fixture = ReportFixture()
        fixture.workloads = [(Self.hostileText, 1e6, 1e6)]
        fixture.failures = [CellFailure(cell: "c", replication: 0, platform: .vm, reason: Self.hostileText)]
        var dataset = fixture.dataset()
        dataset.scenarioText = Self.hostileText
        dataset.run = Self.hostileText
        dataset.machine = [Self.hostileText: Self.hostileText]
        dataset.warnings = [Self.hostileText]
        let page = HTMLReport(dataset: dataset, claims: try fixture.claims(dataset)).render()
        #expect(!page.contains("<img"))
        #expect(page.components(separated: "</script>") == 3)
    }

    @Test("a run without samples says so and still has method and provenance") func nothing() {
        let page = HTMLReport(dataset: Self.empty(), claims: []).render()
        #expect(page.contains("This run brought no samples") && page.contains("id=\"provenance\""))
        #expect(!page.contains("id=\"glance\""))
    }

    @Test("one cell, one replication is a page without p95") func one() throws {
        var fixture = ReportFixture()
        fixture.counts = [1]
        fixture.replications = 1
        fixture.workloads = [("hello", 0, 1e6)]
        fixture.guests = [("minimal", 3e8, 7e7)]
        let page = try Self.page(fixture)
        #expect(page.contains("not enough data") && !page.contains("id=\"start-storm\""))
        #expect(!page.contains("NaN") && !page.contains("nan ") && !page.contains(" inf"))
    }

    @Test("failed replications are counted as starts that never answered") func censored() throws {
        var fixture = ReportFixture()
        fixture.workloads = [("flask", 6e7, 3e6)]
        let cell = "n=50,os=debian-12-cloud,workload=flask"
        fixture.failures = [CellFailure(cell: cell, replication: 3, platform: .vm, reason: "no answer in 30 s")]
        let data = ReportData(dataset: fixture.dataset(), claims: [], options: ReportOptions())
        let largest = try #require(data.largest)
        #expect(largest.id == cell)
        let starts = data.index.starts(largest, .vm)
        #expect(starts.censored == 50 && starts.requested == 200)
        #expect(starts.quantile(0.95) == nil && starts.quantile(0.5) != nil)
    }

    @Test("simulated and measured samples never meet in one number") func modes() {
        var fixture = ReportFixture()
        fixture.workloads = [("flask", 6e7, 3e6)]
        fixture.counts = [1]
        var dataset = fixture.dataset()
        let before = SampleIndex(dataset).total(dataset.cells[0], .vm, "disk.used", .os)
        var measured = dataset.samples.filter { $0.cell == dataset.cells[0].id && $0.platform == .vm }
        for index in measured.indices {
            measured[index].mode = .measure
            measured[index].value *= 3
        }
        dataset.samples += measured
        #expect(SampleIndex(dataset).total(dataset.cells[0], .vm, "disk.used", .os) == before)
    }

    @Test("more than 100,000 samples fit a page of 1 MB") func large() throws {
        var fixture = ReportFixture()
        fixture.workloads = ReportFixture.everyWorkload
        fixture.counts = [1, 2, 5, 10, 20, 50]
        fixture.replications = 7
        let dataset = fixture.dataset()
        #expect(dataset.samples.count > 100_000)
        let page = HTMLReport(dataset: dataset, claims: try fixture.claims(dataset)).render()
        #expect(page.utf8.count <= 1_048_576)
        #expect(page.contains("id=\"dataset\""))
    }

    @Test("an anonymous page names neither machine nor command") func anonymous() {
        let dataset = ReportFixture().dataset()
        let options = ReportOptions(anonymise: true, command: "tare run secret.yaml")
        let page = HTMLReport(dataset: dataset, claims: [], options: options).render()
        #expect(!page.contains("an invented one") && !page.contains("secret.yaml"))
    }

    @Test(
        "owners stand out from the page at 3:1, text at 4.5:1, also on the shades of the heat table",
        arguments: [Theme.light, Theme.dark])
    func contrast(theme: Theme) {
        for colour in theme.owners.values { #expect(Colour.contrast(colour, theme.background) >= 3) }
        for colour in [theme.ink, theme.muted, theme.link] {
            #expect(Colour.contrast(colour, theme.background) >= 4.5)
            #expect(Colour.contrast(colour, theme.surface) >= 4.5)
        }
        for colour in theme.owners.values { #expect(Colour.contrast(colour, colour.ink) >= 4.5) }
        for colour in theme.sequence { #expect(Colour.contrast(colour, theme.ink) >= 4.5) }
    }

    @Test(
        "the page is written where TARE_REPORT_PAGE says, to be looked at",
        .enabled(if: getenv("TARE_REPORT_PAGE") != nil))
    func written() throws {
        let path = try #require(getenv("TARE_REPORT_PAGE").map { String(cString: $0) })
        var fixture = ReportFixture()
        fixture.workloads = ReportFixture.everyWorkload
        fixture.counts = [1, 2, 5, 10, 20, 50]
        fixture.replications = 10
        try Data(try Self.page(fixture).utf8).write(to: URL(filePath: path))
    }
}

extension String {
    /// How many pieces the string falls into at `mark`.
    fileprivate func components(separated mark: String) -> Int {
        split(separator: mark, omittingEmptySubsequences: false).count
    }
}
