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
        var rows: [FolderWeight] = []
        var places: [String: Int] = [:]
        var last = -1
        counted(tree) { node in
            let length = folderLength(node.path)
            // Entries come by path, so that the next file mostly lies where the last one did.
            if last < 0 || rows[last].path.utf8.count != max(1, length) || !node.path.hasPrefix(rows[last].path) {
                let folder = length == 0 ? "/" : String(decoding: node.path.utf8.prefix(length), as: UTF8.self)
                last = places[folder] ?? rows.count
                places[folder] = last
                if last == rows.count {
                    rows.append(FolderWeight(path: folder, files: 0, used: .zero, allocated: .zero))
                }
            }
            rows[last].add(node)
        }
        return rows.sorted { ($1.used, $0.path) < ($0.used, $1.path) }
    }

    /// How many bytes of a file's path are its folder, cut to three levels; 0 is the root.
    private static func folderLength(_ path: String) -> Int {
        var slashes = 0
        var last = 0
        for (at, byte) in path.utf8.enumerated() where byte == 47 {
            slashes += 1
            last = at
            if slashes == 4 { break }
        }
        return last
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
