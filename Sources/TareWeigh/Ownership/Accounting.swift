import TareCatalog
import TareCore

/// Gives every regular file one owner, and adds up.
struct Accounting {
    struct Key: Hashable {
        var owner: Owner
        var group: OwnerGroup
    }

    private(set) var rows: [Key: OwnerWeight] = [:]
    private(set) var packages: [PackageWeight] = []
    /// The counted files of each row, hard links once, in path order.
    private(set) var files: [Key: [Int]] = [:]

    init(_ tree: FileTree, _ installed: [InstalledPackage], roles: PackageRoles, workload: Workload?) {
        var package = [Int?](repeating: nil, count: tree.nodes.count)
        for (number, each) in installed.enumerated() {
            for path in each.paths {
                if let node = tree.resolve(path), package[node] == nil { package[node] = number }
            }
        }
        packages = installed.indices.map {
            PackageWeight(
                name: installed[$0].name,
                version: installed[$0].version,
                owner: roles.owners[$0],
                shared: roles.shared.contains($0)
            )
        }
        // A linked file belongs to the package that names it; its other names are not counted again.
        var linkOwner: [Int: Int] = [:]
        for (index, node) in tree.nodes.enumerated() where node.kind == .regular {
            if let link = node.link, linkOwner[link] == nil, let number = package[index] { linkOwner[link] = number }
        }
        var counted: Set<Int> = []
        for (index, node) in tree.nodes.enumerated() {
            guard node.kind == .regular else {
                add(Key(owner: .os, group: .filesystem), files: 0, used: 0, allocated: node.allocated)
                continue
            }
            if let link = node.link, !counted.insert(link).inserted { continue }
            let number = package[index] ?? node.link.flatMap { linkOwner[$0] }
            var key: Key
            if let number {
                key = Key(owner: roles.owners[number], group: roles.groups[number])
                packages[number].files += 1
                packages[number].used += ByteCount(node.size)
                packages[number].allocated += ByteCount(node.allocated)
            } else {
                key = Self.unowned(node.path, tree, package, roles, workload)
            }
            if let group = Self.group(of: node.path) { key.group = group }
            files[key, default: []].append(index)
            add(key, files: 1, used: node.size, allocated: node.allocated)
        }
    }

    private mutating func add(_ key: Key, files: Int, used: Int64, allocated: Int64) {
        var row =
            rows[key]
            ?? OwnerWeight(owner: key.owner, group: key.group, files: 0, used: .zero, allocated: .zero, wire: .zero)
        row.files += files
        row.used += ByteCount(used)
        row.allocated += ByteCount(allocated)
        rows[key] = row
    }

    /// The group that a path decides, whoever owns the file.
    private static func group(of path: String) -> OwnerGroup? {
        if path.hasPrefix("/boot/vmlinuz") { return .kernel }
        if path.hasPrefix("/boot/") { return .boot }
        if path.hasPrefix("/lib/modules/") || path.hasPrefix("/usr/lib/modules/") { return .modules }
        let docs = ["/usr/share/doc/", "/usr/share/man/", "/usr/share/locale/", "/usr/share/info/", "/usr/lib/locale/"]
        if docs.contains(where: path.hasPrefix) { return .docs }
        let database = ["/var/lib/dpkg/", "/var/lib/apt/", "/var/cache/"]
        return database.contains(where: path.hasPrefix) ? .packageDatabase : nil
    }

    /// The owner of a file that no package lists: the workload's, its source's, or the OS's.
    private static func unowned(
        _ path: String,
        _ tree: FileTree,
        _ package: [Int?],
        _ roles: PackageRoles,
        _ workload: Workload?
    ) -> Key {
        let system = Key(owner: .os, group: .generated)
        guard let workload else { return system }
        for file in workload.files {
            let parent = file.path.split(separator: "/").dropLast().joined(separator: "/")
            let isOwn = tree.resolve("/" + parent).map { package[$0] == nil } ?? false
            if path == file.path || (isOwn && path.hasPrefix("/" + parent + "/")) {
                return Key(owner: .app, group: .application)
            }
        }
        // /x/__pycache__/name.cpython-311.pyc was made from /x/name.py.
        let parts = path.split(separator: "/")
        if parts.count > 2, parts[parts.count - 2] == "__pycache__", let stem = parts.last?.split(separator: ".").first
        {
            let source = "/" + parts.dropLast(2).joined(separator: "/") + "/\(stem).py"
            if let node = tree.resolve(source), let number = package[node] {
                return Key(owner: roles.owners[number], group: .generated)
            }
        }
        return system
    }
}
