import TareCore

/// Reads the contents of many files in the order of the archives that hold them.
enum ArchivePass {
    /// Streams each node's content as a whole, and an empty piece at its end.
    ///
    /// - Parameters:
    ///   - nodes: regular files; their `source` is layer << 40 | entry.
    ///   - subject: for errors.
    ///   - open: gives a layer's archive, at its start.
    ///   - body: gets the node's place in `nodes`.
    /// - Throws: `corrupt` where the archive is damaged or changed, and what `open` and `body` throw.
    /// - Complexity: one pass over each layer that holds one of the nodes, until its last one.
    static func read(
        _ nodes: [FileNode],
        of subject: String,
        _ open: (Int) throws(TareError) -> ArchiveStream,
        _ body: (Int, UnsafeRawBufferPointer) throws(TareError) -> Void
    ) throws(TareError) {
        var wanted: [UInt64: [Int]] = [:]
        for (place, node) in nodes.enumerated() {
            guard node.kind == .regular else {
                throw TareError(.invalid, subject: node.path, "cannot read it: it is no file")
            }
            wanted[node.source, default: []].append(place)
        }
        // Two names of one file are two passes, so that each is given as a whole.
        while !wanted.isEmpty {
            var round: [Int: [UInt64: Int]] = [:]
            for (source, places) in wanted {
                guard let place = places.first else { continue }
                round[Int(source >> 40), default: [:]][source & ((1 << 40) - 1)] = place
                wanted[source] = places.count > 1 ? Array(places.dropFirst()) : nil
            }
            for layer in round.keys.sorted() {
                guard let entries = round[layer] else { continue }
                try pass(try open(layer), entries, subject, body)
            }
        }
    }

    private static func pass(
        _ stream: ArchiveStream,
        _ entries: [UInt64: Int],
        _ subject: String,
        _ body: (Int, UnsafeRawBufferPointer) throws(TareError) -> Void
    ) throws(TareError) {
        var left = entries.count
        while left > 0 {
            guard let entry = try stream.next() else {
                throw .corrupt(subject, "\(left) files are no longer in it: the archive changed while it was read")
            }
            guard let place = entries[entry.ordinal] else { continue }
            try stream.pieces { (piece) throws(TareError) in try body(place, piece) }
            try body(place, UnsafeRawBufferPointer(start: nil, count: 0))
            left -= 1
        }
    }
}
