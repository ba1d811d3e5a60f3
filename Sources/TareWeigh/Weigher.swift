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
        base given: BaseSystem? = nil
    ) throws(TareError) -> WeighingResult {
        let account = try Account(reader, workload: workload, base: given)
        let tree = account.tree
        let keys = account.accounting.rows.keys.sorted { $0.order < $1.order }
        var rows = keys.map { account.accounting.rows[$0] }
        if measuresWire {
            let workers: Int
            if let threads { workers = threads } else { workers = try WorkerCount.current() }
            let counting = WireCounting(reader: reader, tree: tree, threads: workers)
            let sums = try counting.count(keys.map { account.accounting.files[$0] ?? [] })
            for (place, bytes) in sums.enumerated() { rows[place]?.wire = ByteCount(bytes) }
        }
        let owned = zip(keys, rows).compactMap { key, row in row.map { (key, $0) } }
        let owners = Self.merged(owned) { $0.asSystem }
        let used = owners.reduce(ByteCount.zero) { $0 + $1.used }
        let weights = DiskWeights(
            virtual: tree.virtual.map { ByteCount($0) } ?? used,
            allocated: tree.hostAllocated.map { ByteCount($0) } ?? owners.reduce(.zero) { $0 + $1.allocated },
            used: used,
            wire: tree.wire.map { ByteCount($0) } ?? owners.reduce(.zero) { $0 + $1.wire }
        )
        let ownWire = tree.wire == nil ? "" : "the whole: the subject's own compressed layers; owners: "
        return WeighingResult(
            weighing: Weighing(
                subject: subject,
                workload: workload?.id,
                base: account.base?.id,
                evidence: .measured,
                weights: weights,
                owners: owners
            ),
            packages: account.accounting.packages,
            wireMethod: measuresWire ? ownWire + WireCounting.method : "not measured",
            kind: reader.kind,
            packageManager: account.manager,
            isBaseDetected: given == nil && account.base != nil,
            attributions: [
                Attribution(sharedAs: .os, owners: owners),
                Attribution(sharedAs: .runtime, owners: Self.merged(owned) { $0.asRuntime }),
            ],
            layers: Breakdown.layers(tree),
            folders: Breakdown.folders(tree)
        )
    }

    /// The rows after each went where `place` says, in stack order.
    private static func merged(
        _ rows: [(OwnerKey, OwnerWeight)],
        _ place: (OwnerKey) -> OwnerKey
    ) -> [OwnerWeight] {
        var sums: [OwnerKey: OwnerWeight] = [:]
        for (key, row) in rows {
            let key = place(key)
            var sum =
                sums[key]
                ?? OwnerWeight(owner: key.owner, group: key.group, files: 0, used: .zero, allocated: .zero, wire: .zero)
            sum.files += row.files
            sum.used += row.used
            sum.allocated += row.allocated
            sum.wire += row.wire
            sums[key] = sum
        }
        return sums.values.sorted { ($0.owner.order, $0.group.rawValue) < ($1.owner.order, $1.group.rawValue) }
    }
}
