import TareCatalog
import TareCore

/// A row of the account: an owner, a group, and whose it would be where a shared package is not the OS's.
struct OwnerKey: Hashable {
    var owner: Owner
    var group: OwnerGroup
    /// Set for what the OS and the workload both need.
    var alternate: Owner?

    /// The row it falls in where shared packages are counted as the runtime's.
    var asRuntime: OwnerKey {
        guard let alternate else { return self }
        return OwnerKey(owner: alternate, group: group == .services ? .runtime : group)
    }

    /// The row it falls in where shared packages are counted as the OS's.
    var asSystem: OwnerKey { OwnerKey(owner: owner, group: group) }
}

extension OwnerKey {
    /// A total order: the stack's, then the group's, then plain before shared.
    var order: (Int, String, Int) { (owner.order, group.rawValue, alternate.map { $0.order + 1 } ?? 0) }
}
