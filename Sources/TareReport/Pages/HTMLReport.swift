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
    /// - Complexity: O(samples log samples). Pure.
    public func render() -> String {
        let data = ReportData(dataset: dataset, claims: claims, options: options)
        let style = Stylesheet.page
        let script = PageScript.text
        let policy =
            "default-src 'none'; script-src '\(Self.hash(script))'; style-src '\(Self.hash(style))'; "
            + "base-uri 'none'; form-action 'none'"
        let sections = [
            VerdictSection(data: data).html, GlanceSection(data: data).html, DensitySection(data: data).html,
            DuplicationSection(data: data).html, StartSection(data: data).html, BootSection(data: data).html,
            LayerSection(data: data).html, MapSection(data: data).html, SensitivitySection(data: data).html,
            ValidationSection(data: data).html, NotesSection(data: data).html,
        ].filter { !$0.isEmpty }
        let heading = "What the OS costs"
        return """
            <!DOCTYPE html>
            <html lang="en"\(options.lecture ? " class=\"lecture\"" : "")><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <title>\(heading): \(Markup.escape(dataset.run)), a Tare report</title>
            <style>\(style)</style></head><body>
            <a class="skip" href="#content">Skip to the content</a>
            <svg class="defs" aria-hidden="true" focusable="false">\(Drawing.patterns)</svg>
            <header><h1>\(heading)</h1><p class="muted">Run \(Markup.escape(dataset.run)), \
            \(Markup.escape(dataset.startedAt)), seed \(dataset.seed), Tare \(Markup.escape(dataset.version))
            <button type="button" id="theme" class="needs-js">Light or dark</button></p>
            \(banner)\(Self.contents(of: sections))</header>
            <main id="content">
            \(sections.joined(separator: "\n"))
            </main>
            <footer><p>Made by Tare \(Markup.escape(dataset.version)). This file needs no network and sends nothing.</p></footer>
            \(ResearchCrate(data: data).html)
            <script>\(script)</script></body></html>

            """
    }

    static func hash(_ text: String) -> String { "sha256-" + Base64.encode(SHA256.digest(of: Array(text.utf8))) }

    private var banner: String {
        var notes: [String] = []
        if dataset.samples.isEmpty { notes.append("This run brought no samples.") }
        if !dataset.failures.isEmpty {
            notes.append("Partial: \(Wording.counted(dataset.failures.count, "replication")) failed; see Methodology.")
        }
        return notes.map { "<p class=\"banner\" role=\"note\">\($0)</p>" }.joined()
    }

    /// Links to the sections, from their own heads.
    private static func contents(of sections: [String]) -> String {
        let links = sections.flatMap { section in
            section.split(separator: "<h2 id=\"").dropFirst().compactMap { piece -> String? in
                let head = piece.prefix { $0 != "<" }
                let parts = head.split(separator: "\">", maxSplits: 1)
                return parts.count == 2 ? "<li><a href=\"#\(parts[0])\">\(parts[1])</a></li>" : nil
            }
        }
        return "<nav aria-label=\"Sections\"><ol>\(links.joined())</ol></nav>"
    }
}
