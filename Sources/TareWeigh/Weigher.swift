import TareCatalog
import TareCore
import TareLinux

/// Weighs a root file system, a disk or an image and says who owns each byte.
///
///     directory, disk, archive -> TreeReader -> FileTree -> package database + dependency closure
///         -> one owner a file -> four weights -> Weighing
///
/// Reads only; blocks; needs no root where all files are readable. Never leaves a directory's file system.
public struct Weigher: Sendable {
    /// Whether file contents are read to find the compressed size.
    public var measuresWire: Bool
    /// Threads that compress; the result does not depend on it.
    ///
    /// `nil` asks `WorkerCount`.
    public var threads: Int?

    /// Makes a weigher; without `measuresWire` no content is read and all wire weights are zero.
    public init(measuresWire: Bool = true, threads: Int? = nil) {
        self.measuresWire = measuresWire
        self.threads = threads
    }

    /// Weighs what is at `path`: a directory, a disk, an archive or an image, whatever its first bytes say it is.
    ///
    /// - Parameters:
    ///   - path: a path of this host.
    ///   - workload: what runs inside, so that runtime and app are told from the OS.
    ///   - base: the system below it; found out where it is one of the built-in ones and none is given.
    /// - Returns: weights, owners and packages; the owners' used bytes add up to the whole.
    /// - Throws: `notFound`, `noPermission`, `invalid` where it is of no known format, `corrupt` where it is damaged.
    /// - Complexity: O(entries log entries), and one pass over the bytes for the wire weight.
    public func weigh(
        _ path: String,
        workload: Workload? = nil,
        base: BaseSystem? = nil
    ) throws(TareError) -> WeighingResult {
        try weigh(try SubjectReader.open(path), subject: path, workload: workload, base: base)
    }

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
        try weigh(DirectoryReader(root: path), subject: path, workload: workload, base: base)
    }

    func weigh(
        _ reader: any TreeReader,
        subject: String,
        workload: Workload? = nil,
        base: BaseSystem? = nil
    ) throws(TareError) -> WeighingResult {
        let tree = try reader.tree()
        let installed = try DpkgDatabase.read(tree, reader)
        let roles = PackageRoles(installed, workload: workload, base: base)
        let accounting = Accounting(tree, installed, roles: roles, workload: workload)
        var owners: [OwnerWeight] = []
        for (key, row) in accounting.rows {
            var row = row
            if measuresWire, let files = accounting.files[key] {
                var counter = try ZstdCounter()
                var begun = -1
                let nodes = files.map { tree.nodes[$0] }
                try reader.readEach(nodes) { (place, piece) throws(TareError) in
                    if begun != place { try counter.begin(nodes[place].path, size: nodes[place].size) }
                    begun = place
                    try counter.add(piece)
                }
                row.wire = ByteCount(try counter.finish())
            }
            owners.append(row)
        }
        owners.sort { ($0.owner.order, $0.group.rawValue) < ($1.owner.order, $1.group.rawValue) }
        let used = owners.reduce(ByteCount.zero) { $0 + $1.used }
        let weights = DiskWeights(
            virtual: tree.virtual.map { ByteCount($0) } ?? used,
            allocated: tree.hostAllocated.map { ByteCount($0) } ?? owners.reduce(.zero) { $0 + $1.allocated },
            used: used,
            wire: tree.wire.map { ByteCount($0) } ?? owners.reduce(.zero) { $0 + $1.wire }
        )
        return WeighingResult(
            weighing: Weighing(
                subject: subject,
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
