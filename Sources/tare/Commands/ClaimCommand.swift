import ArgumentParser
import TareCore
import TareExperiment
import TareLinux
import TareReport
import TareRunners

/// Decides claims and says on what evidence.
struct ClaimCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claim",
        abstract: "Check a claim and print its verdict, per denominator.",
        discussion: """
            Examples:
              tare claim                          the sentence that Tare exists for, on real images
              tare claim --stored                 the same from stored weighings, in seconds, without root
              tare claim --remeasure              weigh all workloads here (minutes, needs root)
              tare claim --band 50%..80%          another band for the disk claim
              tare claim shop.yaml                the claims of a scenario, simulated
              tare claim os-share-disk --expect depends
            """)

    @Argument(help: "A scenario file, or a built-in claim's id; without it all built-in claims.")
    var subject: String?

    @Flag(help: "Weigh every workload on this machine instead of three.")
    var remeasure = false

    @Flag(help: "Weigh nothing here; use stored weighings only.")
    var stored = false

    @Option(help: ArgumentHelp("The band of the disk claim.", valueName: "60%..70%"))
    var band: String?

    @Option(help: "End with 20 unless every verdict shown is this one.")
    var expect: String?

    @Option(help: ArgumentHelp("Write the report, one HTML file.", valueName: "file"))
    var report: String?

    @Option(help: ArgumentHelp("Write the weighings that the verdicts rest on, as JSON.", valueName: "file"))
    var saveWeighings: String?

    @Option(help: ArgumentHelp("Another Debian package source for the roots.", valueName: "url"))
    var mirror: String?

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        if remeasure && stored { throw ValidationError("--remeasure and --stored exclude each other") }
        if let expect, ClaimResult.Verdict(rawValue: expect.lowercased()) == nil {
            let words = ClaimResult.Verdict.allCases.map(\.rawValue)
            let near = Suggestion.nearest(to: expect.lowercased(), among: words)
            throw ValidationError(
                "--expect takes a verdict: \(words.joined(separator: ", "))"
                    + (near.map { "; did you mean \($0)?" } ?? ""))
        }
        if let band, Self.range(band) == nil {
            throw ValidationError("--band takes two percentages, such as 60%..70%, not `\(band)`")
        }
    }

    mutating func run() async throws {
        try InterruptFlag.install()
        let folders = try StateFolders.current()
        let builtin = subject.flatMap { name in BuiltinClaims.all.first { $0.id == name }?.id }
        var read: ScenarioReader.Read?
        if let subject, builtin == nil { read = try scenario(subject) }
        let workloads =
            remeasure ? ClaimWeighings.allWorkloads : (read == nil ? ClaimWeighings.quickWorkloads : [])
        let weighings = ClaimWeighings(
            measuredWorkloads: workloads, storedOnly: stored || read != nil, cache: folders.roots, mirror: mirror)
        let check = ClaimCheck(
            weighings: weighings, read: read, band: band.flatMap(Self.range), threads: try WorkerCount.current(),
            only: report == nil ? builtin : nil)
        let bar = ProgressBar(quiet: output.quiet)
        var outcome = try await check.run(version: Tare.configuration.version) { bar.show($0, $1) }
        bar.finish()
        if let builtin { outcome.claims.removeAll { $0.id != builtin } }
        for warning in outcome.dataset.warnings { output.note("warning: \(warning)") }
        if let report {
            let page = HTMLReport(
                dataset: outcome.dataset, claims: outcome.claims,
                options: ReportOptions(command: repeatCommand, validation: ModelChecks.rows(for: outcome.dataset))
            ).render()
            try AtomicFile.write(report, text: page)
        }
        if let saveWeighings {
            try AtomicFile.write(
                saveWeighings, text: try JSONText.encode(["weighings": outcome.dataset.weighings]) + "\n")
        }
        try print(outcome.claims)
        if let report {
            output.next("open \(report)")
        } else {
            output.next("tare claim --report claim.html")
        }
        if let expect, outcome.claims.contains(where: { $0.verdict.rawValue != expect.lowercased() }) {
            throw Ending(code: .verdictDiffers)
        }
    }

    /// The line that repeats this check.
    private var repeatCommand: String {
        var words = ["tare", "claim"]
        if let subject { words.append(subject) }
        if remeasure { words.append("--remeasure") }
        if stored { words.append("--stored") }
        if let band { words += ["--band", band] }
        return words.joined(separator: " ")
    }

    private func print(_ claims: [ClaimResult]) throws(TareError) {
        if output.json {
            try Output.data(try JSONText.encode(["claims": claims]))
        } else if output.plain {
            let rows = claims.flatMap { claim in
                claim.cells.map { cell in
                    [
                        claim.id, cell.workload, cell.guest, cell.denominator, "\(cell.instances)", "\(cell.share)",
                        cell.evidence.rawValue,
                    ].joined(separator: "\t")
                }
            }
            try Output.data(rows.joined(separator: "\n"))
        } else {
            let width = min(120, StandardStreams.width(of: .output))
            try Output.data(claims.map { $0.text(width: width) }.joined(separator: "\n\n"))
        }
    }

    private func scenario(_ name: String) throws(TareError) -> ScenarioReader.Read {
        if !name.hasSuffix(".yaml"), !name.hasSuffix(".yml"), !FileReading.exists(name) {
            let near = Suggestion.nearest(to: name, among: BuiltinClaims.all.map(\.id))
            throw TareError(
                .notFound, subject: name, "is neither a scenario file nor a built-in claim",
                hint: near.map { "did you mean \($0)?" }
                    ?? "built-in claims: \(BuiltinClaims.all.map(\.id).joined(separator: ", "))")
        }
        let read = try ScenarioReader.read(path: name)
        guard !read.scenario.claims.isEmpty else {
            throw TareError(
                .invalid, subject: name, "states no claim", hint: "add a `claims:` block; `tare init` shows one")
        }
        return read
    }

    /// `60%..70%` as 0.6...0.7.
    static func range(_ text: String) -> ClosedRange<Double>? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let gap = parts.indices.first(where: { parts[$0].isEmpty }) else { return nil }
        let sides = [parts[..<gap].joined(separator: "."), parts[(gap + 1)...].joined(separator: ".")]
        let numbers = sides.compactMap { side -> Double? in
            let digits = side.hasSuffix("%") ? String(side.dropLast()) : side
            guard let value = Double(digits), value.isFinite else { return nil }
            return value / 100
        }
        guard numbers.count == 2, numbers[0] >= 0, numbers[0] <= numbers[1], numbers[1] <= 1 else { return nil }
        return numbers[0]...numbers[1]
    }
}
