import TareCore

/// Gives the entries of a subject and the bytes of its files: a directory, a disk, an archive.
///
/// Readers only read, and `read` may be called from several threads at once.
protocol TreeReader: Sendable {
    /// The kind of subject: `directory`, `ext4`, `qcow2`, `tar`, `docker-archive`, `oci-layout`.
    var kind: String { get }
    /// Whether files are cheap only in one pass over all of them, as in a compressed archive.
    ///
    /// Then `readEach` is called with many files, rarely, and from one thread.
    var isSequential: Bool { get }
    /// All entries, the root among them.
    func tree() throws(TareError) -> FileTree
    /// Streams one regular file from its start to its end in pieces of any size.
    func read(_ node: FileNode, _ body: (UnsafeRawBufferPointer) throws(TareError) -> Void) throws(TareError)
    /// Streams several regular files, each as a whole, in any order; `body` gets the file's place in `nodes`, and an
    /// empty piece at each file's end.
    func readEach(
        _ nodes: [FileNode],
        _ body: (Int, UnsafeRawBufferPointer) throws(TareError) -> Void
    ) throws(TareError)
}

extension TreeReader {
    var isSequential: Bool { false }

    func readEach(
        _ nodes: [FileNode],
        _ body: (Int, UnsafeRawBufferPointer) throws(TareError) -> Void
    ) throws(TareError) {
        for (place, node) in nodes.enumerated() {
            try read(node) { (piece) throws(TareError) in
                if !piece.isEmpty { try body(place, piece) }
            }
            try body(place, UnsafeRawBufferPointer(start: nil, count: 0))
        }
    }

    /// The whole contents of several small files, in the order of `indices`.
    func contents(of indices: [Int], in tree: FileTree, limit: Int64 = 512 << 20) throws(TareError) -> [[UInt8]] {
        for index in indices where tree.nodes[index].size > limit {
            throw TareError(
                .invalid, subject: tree.nodes[index].path,
                "cannot take it as a package database: it holds \(ByteCount(tree.nodes[index].size))")
        }
        var contents = [[UInt8]](repeating: [], count: indices.count)
        try readEach(indices.map { tree.nodes[$0] }) { (place, piece) throws(TareError) in
            contents[place].append(contentsOf: piece)
        }
        return contents
    }

    /// The whole content of a small file, or `nil` where there is none.
    func contents(of path: String, in tree: FileTree) throws(TareError) -> [UInt8]? {
        guard let index = tree.file(path) else { return nil }
        return try contents(of: [index], in: tree).first
    }
}
