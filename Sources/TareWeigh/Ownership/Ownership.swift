import TareCatalog
import TareCore
import TareLinux

/// Which package lists each entry, and which one each folder belongs to.
struct Ownership {
    /// The package that lists the entry, by the entry's index.
    private(set) var package: [Int?]
    /// The package that alone lists a folder; `nil` for folders of none.
    private var folder: [Int: FolderOwner] = [:]
    /// The package that names one of a group of hard links.
    private(set) var linked: [Int: Int] = [:]

    /// Who lists a folder.
    enum FolderOwner: Equatable { case one(Int), several }

    init(_ tree: FileTree, _ installed: [InstalledPackage]) {
        package = [Int?](repeating: nil, count: tree.nodes.count)
        var resolver = PathResolver(tree)
        for (number, each) in installed.enumerated() {
            for path in each.paths {
                guard let node = resolver.entry(path) else { continue }
                if tree.nodes[node].kind == .directory {
                    switch folder[node] {
                    case nil: folder[node] = .one(number)
                    case .one(let other) where other != number: folder[node] = .several
                    default: break
                    }
                }
                if package[node] == nil { package[node] = number }
            }
        }
        // A linked file belongs to the package that names it; its other names are not counted again.
        for (index, node) in tree.nodes.enumerated() where node.kind == .regular {
            if let link = node.link, linked[link] == nil, let number = package[index] { linked[link] = number }
        }
    }

    /// The package that lists a regular file under any of its names.
    func package(of index: Int, _ node: FileNode) -> Int? { package[index] ?? node.link.flatMap { linked[$0] } }

    /// The package that alone lists the nearest listed folder above `path`.
    func folderOwner(above path: String, _ tree: FileTree) -> Int? {
        var path = path
        while path != "/" {
            path = PathText.folder(of: path)
            guard let node = tree.index[path], let owner = folder[node] else { continue }
            if case .one(let number) = owner { return number }
            return nil
        }
        return nil
    }

    /// The lowest layer that holds a file of each package.
    func layers(_ tree: FileTree, packages: Int) -> [Int] {
        var lowest = [Int](repeating: .max, count: packages)
        for (index, node) in tree.nodes.enumerated() where node.kind != .directory {
            if let number = package[index] { lowest[number] = min(lowest[number], node.layer) }
        }
        return lowest.map { $0 == .max ? 0 : $0 }
    }
}
