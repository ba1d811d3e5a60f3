import TareCatalog
import TareCore

/// A tree with its packages and the owner of every file: what weighing and duplication both begin with.
struct Account {
    let tree: FileTree
    let base: BaseSystem?
    /// The package manager's name, where there is one.
    let manager: String?
    let accounting: Accounting

    init(_ reader: any TreeReader, workload: Workload?, base given: BaseSystem?) throws(TareError) {
        let tree = try reader.tree()
        let (manager, installed) = try PackageDatabases.read(tree, reader)
        let ownership = Ownership(tree, installed)
        let isLayered = tree.layers.count > 1
        let base: BaseSystem?
        if let given { base = given } else { base = try BaseDetection.base(tree, reader, installed) }
        let roles = PackageRoles(
            installed,
            workload: workload,
            base: base,
            layers: isLayered ? ownership.layers(tree, packages: installed.count) : nil
        )
        self.tree = tree
        self.base = base
        self.manager = manager
        accounting = Accounting(tree, installed, ownership: ownership, roles: roles, workload: workload)
    }
}
