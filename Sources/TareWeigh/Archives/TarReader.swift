import TareCore

/// Reads a tar archive as a root file system: plain, gzip, zstd, xz or bzip2.
struct TarReader: TreeReader {
    private let path: String

    var kind: String { SubjectKind.tar.rawValue }
    var isSequential: Bool { true }

    init(_ path: String) { self.path = path }

    func tree() throws(TareError) -> FileTree {
        let file = try FileInput(path)
        let length = file.length
        let stream = try ArchiveStream(file)
        var entries: [ArchiveEntry] = []
        var budget = TreeBudget(path)
        while let entry = try stream.next() {
            try budget.spend(path: entry.names.reduce(0) { $0 + $1.count + 1 })
            entries.append(entry)
        }
        var merged = MergedTree(path)
        try merged.apply(entries, layer: 0, whiteouts: false)
        return FileTree(
            try merged.nodes(),
            hostAllocated: try RawFile(path).hostAllocated,
            wire: stream.isCompressed ? length : nil
        )
    }

    func read(_ node: FileNode, _ body: (UnsafeRawBufferPointer) throws(TareError) -> Void) throws(TareError) {
        try readEach([node]) { (_, piece) throws(TareError) in if !piece.isEmpty { try body(piece) } }
    }

    func readEach(
        _ nodes: [FileNode],
        _ body: (Int, UnsafeRawBufferPointer) throws(TareError) -> Void
    ) throws(TareError) {
        try ArchivePass.read(
            nodes, of: path, { (_) throws(TareError) in try ArchiveStream(FileInput(path)) }, body)
    }
}
