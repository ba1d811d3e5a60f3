import TareCore
import Yams

/// Every mistake of one file, in the order of its lines.
struct ScenarioDiagnostics {
    let file: String
    private(set) var found: [(line: Int, column: Int, error: TareError)] = []

    init(file: String) { self.file = file }

    mutating func report(_ mark: Mark?, _ message: String, hint: String) {
        report(line: max(1, mark?.line ?? 1), column: max(1, mark?.column ?? 1), message, hint: hint)
    }

    mutating func report(line: Int, column: Int, _ message: String, hint: String) {
        let error = TareError(.invalid, subject: "\(file):\(line):\(column)", message, hint: hint)
        let known = found.contains { $0.line == line && $0.column == column && $0.error.message == message }
        if !known { found.append((line, column, error)) }
    }

    /// One error that holds them all, or `nil` where there is none.
    var combined: TareError? {
        guard !found.isEmpty else { return nil }
        let sorted = found.sorted { ($0.line, $0.column) < ($1.line, $1.column) }.map(\.error)
        let count = sorted.count == 1 ? "1 mistake" : "\(sorted.count) mistakes"
        return TareError(.invalid, subject: file, "the scenario has \(count)", causes: sorted)
    }
}
