import ArgumentParser
import TareCore
import TareExperiment
import TareLinux
import TareReport
import TareRunners

/// `tare report`: a finished run as a page, a text, a table or pictures.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a run's report: one HTML file, or Markdown, CSV, JSON, SVG.",
        discussion: """
            Examples:
              tare report last                          RUN.html in the working folder
              tare report last --out report.html --anonymise
              tare report last --format csv > samples.csv
              tare report last --format svg --out charts
              tare report path/to/dataset.json --format md

            HTML and SVG go into files; Markdown, CSV and JSON go to standard output unless --out names a file.
            """
    )

    /// What is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case html, md, csv, json, svg
    }

    @Argument(help: "A run's id, the beginning of one, `last`, or a dataset file.")
    var runs: [String]

    @Option(name: .shortAndLong, help: ArgumentHelp("File to write; a folder for svg.", valueName: "file"))
    var out: String?

    @Option(help: "html, md, csv, json or svg; without it by --out's ending, else html.")
    var format: Format?

    @Flag(help: "Leave out the machine's facts and the command line.")
    var anonymise = false

    @Flag(help: "One figure a page, large, for a lecture.")
    var lecture = false

    @OptionGroup var output: OutputOptions

    /// What `--json` prints.
    struct Document: Encodable {
        var run: String
        var format: String
        var files: [String]
        var bytes: Int
    }

    mutating func validate() throws {
        guard runs.count <= 1 else {
            throw ValidationError(
                "a report shows one run, not \(runs.count), since no number may mix runs; "
                    + "`tare compare \(runs[0]) \(runs[1])` sets two side by side")
        }
    }

    mutating func run() async throws {
        var dataset = try Self.dataset(runs[0])
        if anonymise { dataset = dataset.anonymised }
        let claims = try verdicts(on: dataset)
        let command = "tare run scenario.yaml --seed \(dataset.seed)"
        let options = ReportOptions(
            anonymise: anonymise, command: command, lecture: lecture, validation: ModelChecks.rows(for: dataset))
        let chosen = format ?? Self.format(of: out)
        switch chosen {
        case .html:
            let page = HTMLReport(dataset: dataset, claims: claims, options: options).render()
            let path = out ?? Self.fileName(dataset.run) + ".html"
            try write([(path, page)], .html, dataset.run)
        case .md:
            try text(MarkdownReport(dataset: dataset, claims: claims, options: options).render(), .md, dataset.run)
        case .csv: try text(CSVExport(dataset: dataset).render(), .csv, dataset.run)
        case .json: try text(JSONExport(dataset: dataset, claims: claims).render(), .json, dataset.run)
        case .svg:
            let folder = out ?? Self.fileName(dataset.run) + "-charts"
            let charts = ChartSet(dataset: dataset, claims: claims, options: options).render()
            guard !charts.isEmpty else {
                throw TareError(.notFound, subject: dataset.run, "the run brought no samples to draw a chart of")
            }
            try FolderMaking.make(folder)
            try write(charts.map { (PathText.join(folder, $0.name), $0.svg) }, .svg, dataset.run)
        }
    }

    private func verdicts(on dataset: Dataset) throws(TareError) -> [ClaimResult] {
        guard !dataset.samples.isEmpty else { return [] }
        var results: [ClaimResult] = []
        do throws(TareError) {
            let read = try ScenarioReader.read(text: dataset.scenarioText, file: "\(dataset.run): scenario")
            for declared in read.scenario.claims {
                results.append(ClaimEvaluation.evaluate(claim: try Claim(declared), dataset: dataset))
            }
        } catch {
            output.note("warning: no verdicts, for the dataset's scenario cannot be read: \(error.message)")
        }
        return results
    }

    /// The dataset of a run, or of a file.
    private static func dataset(_ name: String) throws(TareError) -> Dataset {
        if FileReading.exists(name), !FolderMaking.isFolder(name) {
            return try DatasetText.read(at: name)
        }
        return try RunFolder.find(name, in: try StateFolders.current().runs).readDataset()
    }

    private static func format(of path: String?) -> Format {
        let ending = path?.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return Format(rawValue: ending == "markdown" ? "md" : ending) ?? .html
    }

    /// A run's id as a file name: it may come from a file that somebody else wrote.
    private static func fileName(_ run: String) -> String {
        let safe = run.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        return safe.isEmpty ? "report" : safe
    }

    private func text(_ body: String, _ format: Format, _ run: String) throws {
        if let out { return try write([(out, body)], format, run) }
        guard !output.json else {
            throw ValidationError("--json prints where the file is: name one with --out, or leave --json out")
        }
        try Output.data(body.hasSuffix("\n") ? String(body.dropLast()) : body)
    }

    private func write(_ files: [(path: String, text: String)], _ format: Format, _ run: String) throws {
        for file in files { try AtomicFile.write(file.path, text: file.text) }
        let bytes = files.reduce(0) { $0 + $1.text.utf8.count }
        let paths = files.map(\.path)
        if output.json {
            try Output.data(
                JSONText.encode(Document(run: run, format: format.rawValue, files: paths, bytes: bytes)))
        } else if output.plain {
            try Output.data(paths.joined(separator: "\n"))
        } else {
            try Output.data(paths.joined(separator: "\n"))
            output.note("\(ByteCount(Int64(bytes))) in \(paths.count) file\(paths.count == 1 ? "" : "s")")
        }
        if format == .html { output.next("open \(paths[0])") }
    }
}
