import TareCore
import TareExperiment
import Testing

@testable import TareReport

@Suite("An HTML report") struct HTMLReportTests {
    let hostile = Dataset(
        run: "r1", scenarioText: "</script><img src=x onerror=alert(1)>", scenarioHash: "sha256:0", seed: 7,
        version: "0.1.0", machine: [:], startedAt: "2026-01-01T00:00:00Z", cells: []
    )

    @Test("SHA-256 of abc is the published digest") func digest() {
        #expect(HTMLReport.hash("abc") == "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
    }

    @Test("hostile scenario text is escaped and nothing remote is named") func escapes() {
        let page = HTMLReport(dataset: hostile, claims: []).render()
        #expect(!page.contains("<img"))
        #expect(page.components(separated: "</script>") == 2)
        var plain = hostile
        plain.scenarioText = "name: plain"
        let calm = HTMLReport(dataset: plain, claims: []).render()
        #expect(!calm.contains("http://") && !calm.contains("https://") && !calm.contains(" src="))
    }

    @Test("owners stand out from the page at 3:1, text at 4.5:1", arguments: [Theme.light, Theme.dark])
    func contrast(theme: Theme) {
        for colour in theme.owners.values { #expect(Colour.contrast(colour, theme.background) >= 3) }
        for colour in [theme.ink, theme.muted, theme.link] {
            #expect(Colour.contrast(colour, theme.background) >= 4.5)
        }
        for colour in theme.owners.values { #expect(Colour.contrast(colour, colour.ink) >= 4.5) }
    }
}

extension String {
    /// How many pieces the string falls into at `mark`.
    fileprivate func components(separated mark: String) -> Int {
        split(separator: mark, omittingEmptySubsequences: false).count
    }
}
