import TareCore

/// Layers laid on each other in memory, as an image's root file system would show them.
///
/// A name that begins with `.wh.` takes the rest of the name away from the layers below; `.wh..wh..opq` takes all that
/// they have in its directory. A whiteout never hits its own layer. Links on the way to an entry are followed inside
/// the tree, as an unpacking would.
struct MergedTree {
    private struct Place {
        var node: FileNode
        var name: String
        var children: [String: Int] = [:]
    }

    private let subject: String
    private var places: [Place]
    private var links = 0
    private var budget: TreeBudget

    /// Blocks of the file system that sizes are rounded to, as ext4's usual ones; modelled, for a tar has no blocks.
    static let blockSize: Int64 = 4096

    init(_ subject: String) {
        self.subject = subject
        budget = TreeBudget(subject)
        let root = FileNode(path: "/", kind: .directory, mode: 0o040755, size: 0, allocated: Self.blockSize)
        places = [Place(node: root, name: "")]
    }

    /// Lays one layer on top.
    ///
    /// - Parameters:
    ///   - entries: the layer's entries in its order.
    ///   - layer: the layer's number, from 0.
    ///   - whiteouts: whether names with `.wh.` take away; not so in an archive that is no layer.
    /// - Throws: `corrupt` where an entry cannot be placed, `exhausted` where there are too many.
    mutating func apply(_ entries: [ArchiveEntry], layer: Int, whiteouts: Bool) throws(TareError) {
        guard whiteouts else {
            for entry in entries { try add(entry, layer) }
            return
        }
        let prefix = Array(".wh.".utf8)
        let opaque = Array(".wh..wh..opq".utf8)
        var rest: [Int] = []
        rest.reserveCapacity(entries.count)
        for (position, entry) in entries.enumerated() {
            guard let last = entry.names.last, last.starts(with: prefix) else {
                rest.append(position)
                continue
            }
            guard let parent = try find(entry.names.dropLast()[...]) else { continue }
            if last == opaque {
                places[parent].children = [:]
            } else if !last.starts(with: Array(".wh..wh.".utf8)) {
                places[parent].children[EntryName.text(last.dropFirst(4))] = nil
            }
        }
        for position in rest { try add(entries[position], layer) }
    }

    /// The nodes that are left, as they would be seen.
    func nodes() throws(TareError) -> [FileNode] {
        var nodes: [FileNode] = []
        var pending = [(0, "")]
        var budget = TreeBudget(subject)
        while let (at, path) = pending.popLast() {
            var node = places[at].node
            node.path = path.isEmpty ? "/" : path
            try budget.spend(path: node.path.utf8.count)
            nodes.append(node)
            for (name, child) in places[at].children { pending.append((child, path + "/" + name)) }
        }
        return nodes
    }

    private mutating func add(_ entry: ArchiveEntry, _ layer: Int) throws(TareError) {
        try budget.spend(path: entry.names.reduce(0) { $0 + $1.count + 1 })
        var node = FileNode(
            path: "", kind: entry.kind, mode: entry.mode, size: entry.size,
            allocated: Self.allocated(entry), target: entry.target.map { EntryName.text($0) },
            source: UInt64(layer) << 40 | entry.ordinal, layer: layer)
        guard let last = entry.names.last else {
            if entry.kind == .directory { places[0].node = node }
            return
        }
        let parent = try directory(entry.names.dropLast()[...], layer, entry)
        let name = EntryName.text(last)
        if let link = entry.hardLink {
            guard let original = try find(link[...]), places[original].node.kind != .directory else {
                throw .corrupt(
                    subject,
                    "\(entry.path) is another name of \(EntryName.text(Array(link.joined(separator: [47])))), which is not there"
                )
            }
            if places[original].node.link == nil {
                links += 1
                places[original].node.link = links
            }
            node = places[original].node
            node.layer = layer
        }
        if let known = places[parent].children[name], places[known].node.kind == .directory, node.kind == .directory {
            places[known].node = node
            return
        }
        places[parent].children[name] = places.count
        places.append(Place(node: node, name: name))
    }

    private static func allocated(_ entry: ArchiveEntry) -> Int64 {
        switch entry.kind {
        case .directory: blockSize
        case .regular: (entry.stored + blockSize - 1) / blockSize * blockSize
        // ext4 keeps a target of up to 59 bytes in the inode.
        case .symlink: entry.target?.count ?? 0 < 60 ? 0 : blockSize
        case .other: 0
        }
    }

    /// The place of a path, links on the way followed but not the last one; `nil` where there is none.
    private func find(_ names: ArraySlice<[UInt8]>) throws(TareError) -> Int? {
        guard let last = names.last else { return 0 }
        guard let parent = walk(names.dropLast()) else { return nil }
        return places[parent].children[EntryName.text(last)]
    }

    /// The directory of a path, all links followed.
    private func walk(_ names: ArraySlice<[UInt8]>) -> Int? {
        var pending = names.map { EntryName.text($0) }[...]
        var trail = [0]
        var followed = 0
        while let name = pending.popFirst() {
            if name == "." { continue }
            if name == ".." {
                if trail.count > 1 { trail.removeLast() }
                continue
            }
            guard let here = trail.last, let next = places[here].children[name] else { return nil }
            switch places[next].node.kind {
            case .directory: trail.append(next)
            case .symlink:
                followed += 1
                guard followed <= 40, let target = places[next].node.target else { return nil }
                if target.hasPrefix("/") { trail = [0] }
                pending = target.split(separator: "/").map(String.init)[...] + pending
            default: return nil
            }
        }
        return trail.last
    }

    /// The directory of a path, made where it is missing: archives may leave parents out.
    private mutating func directory(
        _ names: ArraySlice<[UInt8]>,
        _ layer: Int,
        _ entry: ArchiveEntry
    ) throws(TareError) -> Int {
        if let known = walk(names) { return known }
        var here = 0
        for (position, name) in zip(names.indices, names) {
            if let next = walk(names[names.startIndex...position]) {
                here = next
                continue
            }
            let text = EntryName.text(name)
            guard places[here].children[text] == nil else {
                throw .corrupt(subject, "\(entry.path) is below \(text), which is no directory")
            }
            try budget.spend(path: text.utf8.count)
            places[here].children[text] = places.count
            places.append(
                Place(
                    node: FileNode(
                        path: "", kind: .directory, mode: 0o040755, size: 0, allocated: Self.blockSize, layer: layer),
                    name: text))
            here = places.count - 1
        }
        return here
    }
}
