import TareCore
import TareExperiment

/// One self-contained HTML page from a dataset and its verdicts: no network, readable with scripts off.
///
///     dataset -> SampleIndex -> figures (SVG + table) -> sections -> one page, its policy hashed
public struct HTMLReport: Sendable {
    private let dataset: Dataset
    private let claims: [ClaimResult]
    private let options: ReportOptions

    /// Makes a report.
    public init(dataset: Dataset, claims: [ClaimResult], options: ReportOptions = ReportOptions()) {
        self.dataset = dataset
        self.claims = claims
        self.options = options
    }

    /// The page.
    ///
    /// - Complexity: O(samples).
    public func render() -> String {
        let style = Stylesheet.page
        let script = PageScript.text
        let policy =
            "default-src 'none'; script-src '\(Self.hash(script))'; style-src '\(Self.hash(style))'; "
            + "base-uri 'none'; form-action 'none'"
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <title>Tare report: \(Markup.escape(dataset.run))</title>
            <style>\(style)</style></head><body>
            <svg class="defs" aria-hidden="true">\(Drawing.patterns)</svg>
            <main><h1>What the OS costs: \(Markup.escape(dataset.run))</h1>
            \(banner)\(claims.map(card).joined())\(bars)\(starts)\(method)\(provenance)</main>
            <script>\(script)</script></body></html>

            """
    }

    static func hash(_ text: String) -> String { "sha256-" + Base64.encode(SHA256.digest(of: Array(text.utf8))) }

    private var banner: String {
        dataset.failures.isEmpty
            ? "" : "<p class=\"banner\">\(dataset.failures.count) starts or cells failed; they are listed below.</p>"
    }

    private func card(_ claim: ClaimResult) -> String {
        let rows = claim.denominators.map { row in
            "<tr><th scope=\"row\">\(Markup.escape(row.denominator))</th><td>\(Wording.verdict(row.verdict))</td>"
                + "<td class=\"n\">\(row.estimate.map(Wording.share) ?? "none")</td>"
                + "<td>\(Wording.interval(row.interval))</td><td class=\"n\">\(row.below)</td>"
                + "<td class=\"n\">\(row.inside)</td><td class=\"n\">\(row.above)</td></tr>"
        }
        let cells = claim.cells.map { cell in
            "<tr><td>\(Markup.escape(cell.workload))</td><td>\(Markup.escape(cell.guest))</td>"
                + "<td>\(Markup.escape(cell.denominator))</td><td class=\"n\">\(Wording.share(cell.share))</td>"
                + "<td>\(Wording.interval(cell.interval))</td><td>\(cell.evidence.badge)</td></tr>"
        }
        let reasons = claim.reasons.map { "<li>\(Markup.escape($0))</li>" }.joined()
        let used = claim.cells.filter { $0.denominator == "used" }
        let map = ClaimMap(band: claim.band, cells: used)
        let id = "map-" + Markup.identifier(claim.id)
        let figure =
            used.isEmpty || claim.band.count != 2
            ? "" : self.figure(map.drawing(), id: id, title: "Where the claim holds", finding: claim.boundary)
        return """
            <section class="card"><blockquote>\(Markup.escape(claim.text))</blockquote>
            <h2>\(Wording.verdict(claim.verdict)) \(claim.estimate.map(Wording.share) ?? "")</h2>
            <p>\(Markup.escape(claim.sentence))</p>
            <p>Scope: \(Markup.escape(claim.scope)). Band: \(Wording.band(claim.band)). \(claim.evidence.badge),
            certainty \(Wording.certainty(claim.certainty)).</p><ul>\(reasons)</ul>
            <p>What would change this: \(Markup.escape(claim.boundary))</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Verdict by denominator"><table><thead><tr>
            <th>share of</th><th>verdict</th><th class="n">median share</th><th>interval</th><th class="n">cells below</th>
            <th class="n">inside</th><th class="n">above</th></tr></thead><tbody>\(rows.joined())</tbody></table></div>
            \(figure)<details><summary>Every cell</summary><table><thead><tr><th>workload</th><th>guest</th>
            <th>share of</th><th class="n">OS share</th><th>interval</th><th>evidence</th></tr></thead>
            <tbody>\(cells.joined())</tbody></table></details></section>
            """
    }

    private func figure(_ drawing: Drawing, id: String, title: String, finding: String) -> String {
        "<figure><h3>\(Markup.escape(title))</h3><figcaption>\(Markup.escape(finding))</figcaption>"
            + "<div class=\"chart\">\(drawing.svg(id: id, title: title, finding: finding))</div></figure>"
    }

    private var bars: String {
        let index = SampleIndex(dataset)
        let cells = referenceCells
        let names = index.quantities.filter { $0.hasPrefix("disk.") || $0.hasPrefix("mem.") }
        return names.map { name in
            let chart = StackedBars(index: index, cells: cells, quantity: name)
            let id = Markup.identifier(name)
            let rows = cells.flatMap { cell in
                Platform.allCases.flatMap { platform in
                    chart.segments(cell, platform).map { part in
                        "<tr><td>\(cell.instances)</td><td>\(platform.rawValue)</td><td>\(Wording.owner(part.owner))</td>"
                            + "<td class=\"n\">\(Wording.bytes(part.value))</td></tr>"
                    }
                }
            }
            let meaning = Wording.meaning(name)
            return figure(chart.drawing(relative: false), id: id, title: name, finding: meaning)
                + figure(chart.drawing(relative: true), id: id + "-share", title: "\(name), shares", finding: meaning)
                + "<details><summary>Table: \(name)</summary><table><thead><tr><th>N</th><th>platform</th><th>owner</th>"
                + "<th class=\"n\">bytes</th></tr></thead><tbody>\(rows.joined())</tbody></table></details>"
        }.joined()
    }

    /// The cells that differ only in N and are the most, by N.
    private var referenceCells: [Cell] {
        var groups: [[String: String]: [Cell]] = [:]
        for cell in dataset.cells { groups[cell.settings.filter { $0.key != "n" }, default: []].append(cell) }
        let best = dataset.cells.map { groups[$0.settings.filter { $0.key != "n" }] ?? [] }.max { $0.count < $1.count }
        return (best ?? []).sorted { $0.instances < $1.instances }
    }

    private var starts: String {
        guard let cell = referenceCells.last else { return "" }
        let index = SampleIndex(dataset)
        let values = Platform.allCases.map {
            (platform: $0, seconds: index.starts(cell.id, $0, "start.first-response"))
        }
        guard values.contains(where: { !$0.seconds.isEmpty }) else { return "" }
        return figure(
            StartCurve(values: values).drawing(), id: "starts", title: "Start-up, N = \(cell.instances)",
            finding: "Share of starts done by a time, with its 95% band (Dvoretzky-Kiefer-Wolfowitz)."
        )
    }

    private var method: String {
        let notes =
            dataset.warnings + dataset.failures.map { "failed: \($0.cell) \($0.platform.rawValue): \($0.reason)" }
        return
            "<h2>Methodology</h2><p>\(dataset.cells.count) cells, \(dataset.samples.count) samples. Bars are means over "
            + "the replications. Not weighed: isolation strength, kernel sharing, patching, live migration.</p><ul>"
            + notes.map { "<li>\(Markup.escape($0))</li>" }.joined() + "</ul>"
    }

    private var provenance: String {
        let machine = options.anonymise ? [:] : dataset.machine
        let facts =
            [("seed", "\(dataset.seed)"), ("version", dataset.version), ("scenario", dataset.scenarioHash)]
            + machine.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let rows = facts.map { "<dt>\(Markup.escape($0.0))</dt><dd>\(Markup.escape($0.1))</dd>" }.joined()
        let command = options.anonymise ? "" : options.command.map { "<pre>\(Markup.escape($0))</pre>" } ?? ""
        return "<h2>Provenance</h2><dl class=\"kv\">\(rows)</dl>\(command)<details><summary>Scenario</summary>"
            + "<pre>\(Markup.escape(dataset.scenarioText))</pre></details>"
    }
}
