import TareCore

/// Every mistake of one Dockerfile, so that all are told at once.
struct DockerfileDiagnostics {
    let file: String
    private var found: [(position: SourcePosition, error: TareError)] = []

    init(file: String) { self.file = file }

    /// Whether nothing was found.
    var isEmpty: Bool { found.isEmpty }

    /// Notes a mistake; the same one at the same place is noted once.
    mutating func report(_ position: SourcePosition, _ message: String, hint: String? = nil) {
        let error = TareError(.invalid, subject: "\(file):\(position)", message, hint: hint)
        if !found.contains(where: { $0.position == position && $0.error.message == message }) {
            found.append((position, error))
        }
    }

    /// One error that holds them all in the order of the file, or `nil` where there is none.
    var combined: TareError? {
        let sorted = found.sorted { $0.position < $1.position }.map(\.error)
        guard let first = sorted.first else { return nil }
        if sorted.count == 1 { return first }
        return TareError(.invalid, subject: file, "the Dockerfile has \(sorted.count) mistakes", causes: sorted)
    }
}
