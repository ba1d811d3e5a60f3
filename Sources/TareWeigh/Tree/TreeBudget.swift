import TareCore

/// Bounds the memory that a subject's entries may take, since a small hostile image can name very many.
struct TreeBudget {
    private let subject: String
    private var entries = 0
    private var pathBytes = 0

    static let maximumEntries = 20_000_000
    static let maximumPathBytes = 2 << 30

    init(_ subject: String) { self.subject = subject }

    /// Counts one entry and the bytes of its path.
    mutating func spend(path count: Int) throws(TareError) {
        entries += 1
        pathBytes += count
        guard entries <= Self.maximumEntries, pathBytes <= Self.maximumPathBytes else {
            throw TareError(
                .exhausted, subject: subject,
                "cannot weigh it: more than \(Self.maximumEntries) entries or "
                    + "\(ByteCount(Int64(Self.maximumPathBytes))) of paths")
        }
    }
}
