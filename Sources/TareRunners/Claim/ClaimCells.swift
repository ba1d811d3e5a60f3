import TareCatalog
import TareCore
import TareExperiment

/// The cells of the disk claim, straight from weighings: workload x guest OS x denominator.
public enum ClaimCells {
    /// The OS's share of one VM's disk by each of the four weights.
    ///
    /// `share = OS / (OS + payload)`, where the payload is runtime, app and written data. By `virtual` the whole is the
    /// provisioned volume, so that free space counts as not the OS's. An exact count has the interval `[x, x]`.
    ///
    /// - Parameter weighings: weighings by base and workload; bare bases are left out.
    /// - Returns: a cell a weighing of a guest and denominator.
    public static func osShare(of weighings: [Weighing]) -> [ClaimResult.CellShare] {
        weighings.flatMap { weighing -> [ClaimResult.CellShare] in
            guard let workload = weighing.workload, let base = weighing.base,
                BaseSystem.builtin(base)?.role == .guest
            else { return [] }
            return DiskWeight.allCases.compactMap { weight in
                let part = weighing.bytes(of: .os, by: weight)
                let whole = weight == .virtual ? weighing.weights.virtual : sum(weighing, weight)
                guard let share = part.share(of: whole) else { return nil }
                return ClaimResult.CellShare(
                    workload: workload, guest: base, denominator: weight.rawValue, share: share,
                    interval: [share, share], evidence: weighing.evidence, partBytes: part.doubleValue,
                    wholeBytes: whole.doubleValue)
            }
        }
    }

    private static func sum(_ weighing: Weighing, _ weight: DiskWeight) -> ByteCount {
        weighing.owners.reduce(.zero) { $0 + $1.bytes(by: weight) }
    }
}
