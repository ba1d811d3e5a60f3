import ArgumentParser
import FoundationEssentials
import TareCore
import TareEngine
import TareLinux

/// `tare container events`: what happened, and what happens.
struct ContainerEvents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Show what happened to containers, images, networks and volumes.",
        discussion: """
            Examples:
              tare container events --since 10m
              tare container events --follow --filter container=web
              tare container events --since 1h --json
            """
    )

    @Option(help: "From a time on, RFC 3339, or from a span before now: 10m. All that is kept where there is none.")
    var since: String?

    @Flag(name: .shortAndLong, help: "Go on with what happens from now on, until an interrupt.")
    var follow = false

    @Option(name: .long, parsing: .singleValue, help: "type=, event= or container=, which takes a name or an id.")
    var filter: [String] = []

    @Flag(help: "Print one JSON document and nothing else on standard output; not with --follow.")
    var json = false

    @Flag(help: "Print a line of JSON for each event.")
    var jsonl = false

    @OptionGroup var engineFlags: EngineFlags

    mutating func validate() throws {
        if json && (follow || jsonl) {
            throw ValidationError("--json excludes --follow and --jsonl; use --jsonl to follow")
        }
    }

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let filters = try filter.map { text throws(TareError) in try EventFilter(text, engine) }
        let from = try since.map { text throws(TareError) in try TimeText.start(text, flag: "--since") }
        func wanted(_ event: EngineEvent) -> Bool {
            from.map { event.time >= $0 } ?? true && filters.allSatisfy { $0.matches(event) }
        }
        if follow { try InterruptFlag.install() }
        // Where following begins is fixed before the past is read, so that no event falls between.
        let follower = EventFollower(engine.events)
        let past = !follow || since != nil ? try engine.events.events().filter(wanted) : []
        if json {
            struct Document: Encodable { var events: [EngineEvent] }
            return try Output.document(Document(events: past))
        }
        for event in past { try show(event) }
        guard follow else { return }
        let last = past.last?.boottime ?? 0
        let print = show
        try follower.run { (event) throws(TareError) in
            if event.boottime > last, wanted(event) { try print(event) }
            return true
        }
    }

    private func show(_ event: EngineEvent) throws(TareError) {
        if jsonl { return try Output.data(try JSONText.encode(event, pretty: false, snakeKeys: true)) }
        let more = event.attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
        let subject = ContainerID(event.subject)?.short ?? event.subject
        try Output.data(
            "\(event.time) \(event.kind.rawValue) \(event.action) \(subject)" + (more.isEmpty ? "" : " (\(more))"))
    }
}

/// One `--filter` of `events`.
struct EventFilter {
    private let key: String
    private let values: [String]

    /// Reads `key=value`.
    init(_ text: String, _ engine: Engine) throws(TareError) {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard sides.count == 2, ["type", "event", "container"].contains(sides[0]) else {
            throw TareError(
                .usage, subject: "--filter \(text)", "not a filter", hint: "write type=, event= or container=")
        }
        key = sides[0]
        // A container that is gone is still known by the words of its events.
        values = [sides[1]] + (key == "container" ? (try? engine.find(sides[1])).map { [$0.description] } ?? [] : [])
    }

    /// Whether an event passes.
    func matches(_ event: EngineEvent) -> Bool {
        switch key {
        case "type": return values.contains(event.kind.rawValue)
        case "event": return values.contains(event.action)
        default:
            guard event.kind == .container else { return false }
            return values.contains { $0 == event.attributes["name"] || event.subject.hasPrefix($0) }
        }
    }
}
