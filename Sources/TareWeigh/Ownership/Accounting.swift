import TareCatalog
import TareCore

/// Gives every regular file one owner, and adds up.
struct Accounting {
    private(set) var rows: [OwnerKey: OwnerWeight] = [:]
    private(set) var packages: [PackageWeight] = []
    /// The counted files of each row, hard links once, in path order.
    private(set) var files: [OwnerKey: [Int]] = [:]

    private let tree: FileTree
    private let roles: PackageRoles
    private let ownership: Ownership
    private let workload: Workload?

    init(
        _ tree: FileTree,
        _ installed: [InstalledPackage],
        ownership: Ownership,
        roles: PackageRoles,
        workload: Workload?
    ) {
        self.tree = tree
        self.roles = roles
        self.ownership = ownership
        self.workload = workload
        packages = installed.indices.map {
            PackageWeight(
                name: installed[$0].name,
                version: installed[$0].version,
                owner: roles.owners[$0],
                shared: roles.alternates[$0] != nil
            )
        }
        let ownFolders = declaredFolders()
        var counted: Set<Int> = []
        for (index, node) in tree.nodes.enumerated() {
            guard node.kind == .regular else {
                add(OwnerKey(owner: .os, group: .filesystem), files: 0, used: 0, allocated: node.allocated)
                continue
            }
            if let link = node.link, !counted.insert(link).inserted { continue }
            var key: OwnerKey
            if let number = ownership.package(of: index, node) {
                key = self.key(of: number, group: roles.groups[number])
                packages[number].files += 1
                packages[number].used += ByteCount(node.size)
                packages[number].allocated += ByteCount(node.allocated)
            } else {
                key = unowned(node, ownFolders)
            }
            if let group = PathRules.group(of: node.path), key.owner != .app || key.group != .application {
                key.group = group
            }
            files[key, default: []].append(index)
            add(key, files: 1, used: node.size, allocated: node.allocated)
        }
        if tree.metadataOnHost > 0 {
            add(OwnerKey(owner: .os, group: .filesystem), files: 0, used: 0, allocated: tree.metadataOnHost)
        }
    }

    private mutating func add(_ key: OwnerKey, files: Int, used: Int64, allocated: Int64) {
        var row =
            rows[key]
            ?? OwnerWeight(owner: key.owner, group: key.group, files: 0, used: .zero, allocated: .zero, wire: .zero)
        row.files += files
        row.used += ByteCount(used)
        row.allocated += ByteCount(allocated)
        rows[key] = row
    }

    private func key(of number: Int, group: OwnerGroup) -> OwnerKey {
        OwnerKey(owner: roles.owners[number], group: group, alternate: roles.alternates[number])
    }

    /// The folders of the workload's declared files that no package lists.
    private func declaredFolders() -> [String] {
        (workload?.files ?? []).compactMap { file in
            let parent = "/" + file.path.split(separator: "/").dropLast().joined(separator: "/")
            guard let node = tree.resolve(parent), ownership.package[node] == nil, parent != "/" else { return nil }
            return parent + "/"
        }
    }

    /// The owner of a file that no package lists: the workload's, its source's, its folder's, or the OS's.
    private func unowned(_ node: FileNode, _ ownFolders: [String]) -> OwnerKey {
        let path = node.path
        let app = OwnerKey(owner: .app, group: .application)
        if let workload {
            if workload.files.contains(where: { $0.path == path }) || ownFolders.contains(where: path.hasPrefix) {
                return app
            }
            if PathRules.isAppFolder(path), tree.layers.count < 2 || node.layer > 0 { return app }
        }
        if let source = PathRules.byteCodeSource(path), let at = tree.resolve(source),
            let number = ownership.package[at]
        {
            return key(of: number, group: .generated)
        }
        if let number = ownership.folderOwner(above: path, tree) { return key(of: number, group: .generated) }
        let isAbove = tree.layers.count > 1 && node.layer > 0
        if isAbove, PathRules.group(of: path) == nil, workload == nil { return app }
        return OwnerKey(owner: .os, group: .generated)
    }
}
