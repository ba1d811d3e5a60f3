import TareCatalog
import TareCore

/// Weighs a root file system and says who owns each byte.
///
///     directory -> FileTree -> dpkg + dependency closure -> one owner a file -> Weighing
///
/// Reads only; blocks; needs no root where all files are readable. Never leaves the directory's file system.
public struct Weigher: Sendable {
    /// Whether file contents are read to find the compressed size.
    public var measuresWire: Bool

    /// Makes a weigher; without `measuresWire` no content is read and all wire weights are zero.
    public init(measuresWire: Bool = true) { self.measuresWire = measuresWire }

    /// Weighs the directory at `path` as the root of a system.
    ///
    /// - Parameters:
    ///   - path: a directory of this host.
    ///   - workload: what runs inside, so that runtime and app are told from the OS.
    ///   - base: the system below it, where known.
    /// - Returns: weights, owners and packages; the owners' used bytes add up to the whole.
    /// - Throws: `notFound`, `noPermission` or `invalid`.
    /// - Complexity: O(entries log entries), and one pass over the bytes for the wire weight.
    public func weigh(
        directory path: String,
        workload: Workload? = nil,
        base: BaseSystem? = nil
    ) throws(TareError) -> WeighingResult {
        let reader = DirectoryReader(root: path)
        let tree = try reader.tree()
        let installed = try DpkgDatabase.read(tree, reader)
        let roles = PackageRoles(installed, workload: workload, base: base)
        let accounting = Accounting(tree, installed, roles: roles, workload: workload)
        var owners: [OwnerWeight] = []
        for (key, row) in accounting.rows {
            var row = row
            if measuresWire, let files = accounting.files[key] {
                var counter = try ZstdCounter()
                for file in files {
                    let node = tree.nodes[file]
                    try counter.add(path + node.path, named: node.path, size: node.size)
                }
                row.wire = try counter.finish()
            }
            owners.append(row)
        }
        owners.sort { ($0.owner.order, $0.group.rawValue) < ($1.owner.order, $1.group.rawValue) }
        let used = owners.reduce(ByteCount.zero) { $0 + $1.used }
        let weights = DiskWeights(
            virtual: used,
            allocated: owners.reduce(.zero) { $0 + $1.allocated },
            used: used,
            wire: owners.reduce(.zero) { $0 + $1.wire }
        )
        return WeighingResult(
            weighing: Weighing(
                subject: path,
                workload: workload?.id,
                base: base?.id,
                evidence: .measured,
                weights: weights,
                owners: owners
            ),
            packages: accounting.packages,
            wireMethod: measuresWire ? "zstd level 3, one tar-like stream an owner and group" : "not measured"
        )
    }
}
