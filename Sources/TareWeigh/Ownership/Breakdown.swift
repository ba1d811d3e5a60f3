import TareCore

/// Other cuts through a tree: by layer and by folder.
///
/// Each adds up to the whole, hard links once.
enum Breakdown {
    /// One row a layer; empty where there are none.
    static func layers(_ tree: FileTree) -> [LayerWeight] {
        var rows = tree.layers.map {
            LayerWeight(
                name: $0.name,
                createdBy: $0.createdBy,
                files: 0,
                used: .zero,
                unpacked: ByteCount($0.used),
                wire: $0.wire.map { ByteCount($0) }
            )
        }
        guard !rows.isEmpty else { return [] }
        counted(tree) { node in
            guard rows.indices.contains(node.layer) else { return }
            rows[node.layer].files += 1
            rows[node.layer].used += ByteCount(node.size)
        }
        return rows
    }

    /// One row a folder of at most three levels, heaviest first.
    static func folders(_ tree: FileTree) -> [FolderWeight] {
        var rows: [String: FolderWeight] = [:]
        counted(tree) { node in
            let folder = folder(of: node.path)
            rows[folder, default: FolderWeight(path: folder, files: 0, used: .zero, allocated: .zero)].add(node)
        }
        return rows.values.sorted { ($1.used, $0.path) < ($0.used, $1.path) }
    }

    /// The folder of a file, cut to three levels.
    private static func folder(of path: String) -> String {
        let bytes = path.utf8
        var slashes = 0
        var last = bytes.startIndex
        for index in bytes.indices where bytes[index] == 47 {
            slashes += 1
            last = index
            if slashes == 4 { break }
        }
        return last == bytes.startIndex ? "/" : String(path[..<last])
    }

    private static func counted(_ tree: FileTree, _ body: (FileNode) -> Void) {
        var seen: Set<Int> = []
        for node in tree.nodes where node.kind == .regular {
            if let link = node.link, !seen.insert(link).inserted { continue }
            body(node)
        }
    }
}

extension FolderWeight {
    fileprivate mutating func add(_ node: FileNode) {
        files += 1
        used += ByteCount(node.size)
        allocated += ByteCount(node.allocated)
    }
}
