import TareCore
import TareExperiment

/// What is not weighed, how it was done, and where everything comes from.
struct NotesSection {
    let data: ReportData

    /// Costs that no number of this page holds.
    static let leftOut: [(name: String, words: String)] = [
        (
            "Isolation strength",
            "a VM's border is the hypervisor, a container's the host's kernel; no number here weighs that"
        ),
        ("Kernel sharing", "all containers run on the host's one kernel: no other kernel, module or sysctl a service"),
        (
            "Patching",
            "N guest systems are N systems to patch; a base image is patched once, then every image is rebuilt"
        ),
        (
            "Live migration",
            "VMs move between hosts while they run; containers are usually stopped and started elsewhere"
        ),
        ("People", "skills, tools and licences on either side"),
    ]

    /// The three sections as HTML.
    var html: String { costs + method + provenance }

    private var costs: String {
        let items = Self.leftOut.map { "<li><strong>\($0.name)</strong>: \($0.words).</li>" }.joined()
        return "<section aria-labelledby=\"left-out\"><h2 id=\"left-out\">Costs left out</h2>"
            + "<p>Not weighed, and not less important for it:</p><ul>\(items)</ul></section>"
    }

    /// The lines of the method, as text.
    var methodLines: [String] {
        let dataset = data.dataset
        let simulated = dataset.samples.lazy.filter { $0.mode == .simulate }.count
        let replications = (dataset.samples.lazy.map(\.replication).max() ?? -1) + 1
        return [
            "\(Wording.counted(dataset.cells.count, "cell")), up to \(Wording.counted(replications, "replication")), "
                + "\(NumberText.count(dataset.samples.count)) samples: \(NumberText.count(simulated)) simulated, "
                + "\(NumberText.count(dataset.samples.count - simulated)) measured. No number mixes the two.",
            "Bars are means over the replications; curves show every start, or evenly spaced ranks where there are many.",
            "A start runs from the request to the first answer; taking down is not part of it. "
                + "A start that never answers stays in the curve as not finished.",
            "p95 is printed from 59 starts and p99 from 299; otherwise there is not enough data for it.",
            "An exact count of bytes has no interval. An interval of a median needs six values; below that the range is given.",
        ]
    }

    private var method: String {
        let lines = methodLines.map { "<li>\(Markup.escape($0))</li>" }.joined()
        return "<section aria-labelledby=\"method\"><h2 id=\"method\">Methodology</h2><ul>\(lines)</ul>"
            + notes("Failures", data.dataset.failures.map(Self.failure))
            + notes("Warnings", data.dataset.warnings) + "</section>"
    }

    static func failure(_ failure: CellFailure) -> String {
        "\(failure.cell), \(Wording.platform(failure.platform)), replication \(failure.replication): \(failure.reason)"
    }

    private func notes(_ title: String, _ lines: [String]) -> String {
        guard !lines.isEmpty else { return "<h3>\(title)</h3><p>None.</p>" }
        let limit = 400
        let items = lines.prefix(limit).map { "<li>\(Markup.escape($0))</li>" }.joined(separator: "\n")
        let more = lines.count > limit ? "<p>and \(NumberText.count(lines.count - limit)) more in the dataset</p>" : ""
        let list = "<ul>\(items)</ul>\(more)"
        guard lines.count > 6 else { return "<h3>\(title)</h3>\(list)" }
        return "<h3>\(title)</h3><details><summary>\(NumberText.count(lines.count)) lines</summary>\(list)</details>"
    }

    /// The facts of the provenance, in order.
    var facts: [(name: String, value: String)] {
        let dataset = data.dataset
        var facts: [(name: String, value: String)] = [
            ("run", dataset.run), ("started", dataset.startedAt), ("seed", "\(dataset.seed)"),
            ("tare", dataset.version), ("scenario", dataset.scenarioHash),
        ]
        if data.options.anonymise {
            facts.append(("machine", "left out on request"))
        } else {
            facts += dataset.machine.sorted { $0.key < $1.key }.map { ("machine: \($0.key)", $0.value) }
        }
        return facts
    }

    /// How to get the same numbers again.
    var command: String {
        if let command = data.options.command, !data.options.anonymise { return command }
        return "tare run scenario.yaml --seed \(data.dataset.seed)"
    }

    private var provenance: String {
        let rows = facts.map { "<dt>\(Markup.escape($0.name))</dt><dd>\(Markup.escape($0.value))</dd>" }.joined()
        let weighed = data.dataset.weighings.map { weighing -> [DataTable.Entry] in
            [
                .init(weighing.subject),
                .init(Wording.bytes(weighing.weights.used.doubleValue), weighing.weights.used.doubleValue),
                .init(
                    Wording.bytes(weighing.weights.allocated.doubleValue), weighing.weights.allocated.doubleValue),
                .init(weighing.evidence.rawValue), .init(weighing.measuredOn ?? ""),
                .init(data.options.anonymise ? "" : weighing.machine ?? ""),
                .init(weighing.content.map { String("\($0)".prefix(19)) } ?? ""),
            ]
        }
        let table = DataTable(
            caption: "Weighings that went in",
            columns: ["subject", "#used", "#allocated", "evidence", "weighed on", "machine", "content"], rows: weighed
        )
        let list =
            weighed.isEmpty
            ? "" : "<details><summary>Weighings that went in (\(weighed.count))</summary>\(table.html)</details>"
        return "<section aria-labelledby=\"provenance\"><h2 id=\"provenance\">Provenance and data</h2>"
            + "<dl class=\"kv\">\(rows)</dl><h3>Repeat this run</h3><p>Save the scenario as <code>scenario.yaml</code>:</p>"
            + "<pre tabindex=\"0\">\(Markup.escape(command))</pre>\(list)<details class=\"source\"><summary>Scenario</summary>"
            + "<pre tabindex=\"0\">\(Markup.escape(data.dataset.scenarioText))</pre></details>"
            + DataSection(data: data).html + "</section>"
    }
}
