import ArgumentParser
import Glibc
import TareCore
import TareEngine
import TareLinux

/// `tare container stats`: what containers use, each figure with its formula.
struct ContainerStats: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Show what containers use, again and again, with the formula of each figure.",
        discussion: """
            Examples:
              tare container stats
              tare container stats --no-stream web db
              tare container stats --interval 5s --jsonl web

            CPU is the share of one CPU over the interval: two busy CPUs are 200%. NET and DISK are sums since the start.
            """
    )

    @Flag(help: "Show one interval, and end.")
    var noStream = false

    @Option(help: "The time between two readings.")
    var interval = "1s"

    @Flag(help: "Print one JSON document of one interval and nothing else on standard output.")
    var json = false

    @Flag(help: "Print a line of JSON for each container and interval.")
    var jsonl = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "Names, ids or beginnings of ids; all that run where there are none.")
    var containers: [String] = []

    mutating func validate() throws {
        if json && jsonl { throw ValidationError("--json and --jsonl exclude each other") }
    }

    mutating func run() async throws {
        let seconds = try SpanText.read(interval, flag: "--interval")
        guard seconds >= 0.01, seconds <= 3600 else {
            throw TareError(.usage, subject: "--interval \(interval)", "wanted 10ms to 1h")
        }
        let engine = try engineFlags.engine()
        let named = try containers.map { word throws(TareError) in try engine.find(word) }
        for id in named { _ = try engine.usage(id) }
        try InterruptFlag.install()
        var before: [ContainerID: UsageReading] = [:]
        try read(engine, named, &before)
        repeat {
            usleep(UInt32(seconds * 1_000_000))
            if InterruptFlag.isRaised { break }
            let first = before
            let names = try read(engine, named, &before)
            let rows = before.compactMap { id, last in
                first[id].map { StatsRow(ContainerUse(id: id, name: names[id] ?? "", from: $0, to: last)) }
            }
            try show(rows.sorted { $0.name < $1.name })
        } while !noStream && !json && !InterruptFlag.isRaised
    }

    /// Reads all once; those that have ended are left out.
    @discardableResult
    private func read(
        _ engine: Engine,
        _ named: [ContainerID],
        _ readings: inout [ContainerID: UsageReading]
    ) throws(TareError) -> [ContainerID: String] {
        let rows = try engine.list().filter { row in
            (row.status == .running || row.status == .paused) && (named.isEmpty || named.contains(row.id))
        }
        readings = [:]
        for row in rows { readings[row.id] = try? engine.usage(row.id) }
        return Dictionary(rows.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    private func show(_ rows: [StatsRow]) throws(TareError) {
        if json {
            struct Document: Encodable { var containers: [StatsRow] }
            return try Output.document(Document(containers: rows))
        }
        if jsonl {
            for row in rows { try Output.data(try JSONText.encode(row, pretty: false, snakeKeys: true)) }
            return
        }
        if !noStream, StandardStreams.canAnimate(.output) {
            try StandardStreams.write("\u{1B}[H\u{1B}[2J", to: .output)
        }
        var table = TextTable([
            "CONTAINER", "NAME", "CPU>", "MEMORY>", "LIMIT>", "OF LIMIT>", "NET IN>", "NET OUT>",
            "DISK READ>", "DISK WRITTEN>", "TASKS>",
        ])
        for row in rows { table.add(row.cells) }
        try Output.data(table.text)
        if let row = rows.first {
            try Output.data(
                "memory = \(row.memoryFormula ?? "not counted here"); CPU = \(row.cpuFormula ?? "not counted here")")
        }
    }
}
