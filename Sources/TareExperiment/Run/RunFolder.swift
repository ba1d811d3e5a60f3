import FoundationEssentials
import TareCore
import TareLinux

/// One run's folder: what is in it, and what its state is.
///
///     <state>/runs/<id>/ scenario.yaml  run.json  journal.jsonl  dataset.json  result.json
public struct RunFolder: Sendable, Hashable {
    /// The run's id.
    public let id: String
    /// The folder.
    public let path: String

    /// Names a run's folder; touches nothing.
    public init(id: String, in runs: String) {
        self.id = id
        path = PathText.join(runs, id)
    }

    /// The scenario, to the byte.
    public var scenario: String { PathText.join(path, "scenario.yaml") }
    /// Where it comes from.
    public var facts: String { PathText.join(path, "run.json") }
    /// Weighings that the user gave; missing where there were none.
    public var weighings: String { PathText.join(path, "weighings.json") }
    /// One line a step.
    public var journal: String { PathText.join(path, "journal.jsonl") }
    /// All samples, written when a session ends.
    public var dataset: String { PathText.join(path, "dataset.json") }
    /// Estimates and verdicts, written when a session ends.
    public var result: String { PathText.join(path, "result.json") }
    /// How the last session ended.
    public var ending: String { PathText.join(path, "state.json") }

    /// Makes the folder of a new run with its scenario and its facts.
    ///
    /// - Parameters:
    ///   - facts: of the run.
    ///   - scenarioText: the scenario, to the byte.
    ///   - runs: the folder of all runs.
    /// - Returns: the run's folder.
    /// - Throws: `exists` where the id is taken, or `cannotWrite`.
    public static func make(_ facts: RunFacts, scenarioText: String, in runs: String) throws(TareError) -> RunFolder {
        let folder = RunFolder(id: facts.run, in: runs)
        guard !FileReading.exists(folder.path) else {
            throw TareError(.exists, subject: folder.path, "there is such a run already", hint: "try again")
        }
        try FolderMaking.make(folder.path)
        try AtomicFile.write(folder.scenario, text: scenarioText)
        try AtomicFile.write(folder.facts, text: try JSONText.encode(facts) + "\n")
        return folder
    }

    /// An id for a run that begins now: `shop-20261124-021500-3f9c`.
    public static func newID(scenario: String) -> String {
        let now = HostClock.wallText().filter(\.isNumber)
        let moment = HostClock.monotonicNanoseconds()
        let tail = String(ReplicationSeed.of(moment, replication: 0) & 0xFFFF, radix: 16)
        return "\(scenario)-\(now.prefix(8))-\(now.suffix(6))-" + String(repeating: "0", count: 4 - tail.count) + tail
    }

    /// All runs, the oldest first.
    public static func all(in runs: String) -> [RunFolder] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []
        let folders = names.filter { !$0.hasPrefix(".") }.map { RunFolder(id: $0, in: runs) }
        return folders.map { ((try? $0.readFacts().startedAt) ?? "", $0) }
            .sorted { ($0.0, $0.1.id) < ($1.0, $1.1.id) }.map(\.1)
    }

    /// The run that a user names: its id, the first letters of one id only, or `last`.
    ///
    /// - Parameters:
    ///   - name: what the user wrote.
    ///   - runs: the folder of all runs.
    /// - Returns: the run's folder.
    /// - Throws: `notFound` with the nearest id, or `usage` where several ids begin so.
    public static func find(_ name: String, in runs: String) throws(TareError) -> RunFolder {
        let all = all(in: runs)
        if let exact = all.first(where: { $0.id == name }) { return exact }
        if name == "last", let last = all.last { return last }
        let begun = all.filter { $0.id.hasPrefix(name) }
        if begun.count == 1, !name.isEmpty { return begun[0] }
        guard begun.isEmpty || name.isEmpty else {
            let ids = begun.prefix(5).map(\.id).joined(separator: ", ")
            throw TareError(.usage, subject: name, "\(begun.count) runs begin so", hint: "write more of one: \(ids)")
        }
        let near = Suggestion.nearest(to: name, among: all.map(\.id))
        throw TareError(
            .notFound,
            subject: name,
            "there is no such run",
            hint: near.map { "did you mean \($0)?" } ?? "`tare runs` lists them; `last` is the newest"
        )
    }

    /// Reads `run.json`.
    public func readFacts() throws(TareError) -> RunFacts {
        try JSONText.decode(RunFacts.self, from: try FileReading.text(at: facts), subject: facts)
    }

    /// Reads the dataset that the last session wrote.
    ///
    /// - Throws: `notFound` where no session has ended yet.
    public func readDataset() throws(TareError) -> Dataset {
        guard FileReading.exists(dataset) else { throw unended }
        return try DatasetText.read(at: dataset)
    }

    /// Reads estimates and verdicts that the last session wrote.
    ///
    /// - Throws: `notFound` where no session has ended yet.
    public func readResult() throws(TareError) -> RunResult {
        guard FileReading.exists(result) else { throw unended }
        return try JSONText.decode(RunResult.self, from: try FileReading.text(at: result), subject: result)
    }

    /// How the run stands now.
    public func state() -> RunState {
        if isLocked { return .running }
        guard let text = try? FileReading.text(at: ending),
            let read = try? JSONText.decode([String: RunState].self, from: text, subject: ending)
        else { return .unfinished }
        return read["state"] ?? .unfinished
    }

    /// Writes how a session ended.
    func write(_ state: RunState) throws(TareError) {
        try AtomicFile.write(ending, text: try JSONText.encode(["state": state], pretty: false) + "\n")
    }

    /// Removes the folder and all in it.
    ///
    /// - Throws: `unavailable` where a process writes the run, or `cannotWrite`.
    public func remove() throws(TareError) {
        guard !isLocked else {
            throw TareError(.unavailable, subject: id, "a process is writing this run", hint: "stop it first")
        }
        do { try FileManager.default.removeItem(atPath: path) } catch {
            throw TareError(.cannotWrite, subject: path, "cannot remove the run: \(error)")
        }
    }

    private var isLocked: Bool {
        guard FileReading.exists(journal) else { return false }
        do throws(TareError) {
            _ = try FileLock(journal, exclusive: false)
            return false
        } catch { return error.code == .unavailable }
    }

    private var unended: TareError {
        TareError(.notFound, subject: id, "the run has no result yet", hint: "`tare resume \(id)` goes on")
    }
}
