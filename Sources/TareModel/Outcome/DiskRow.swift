import TareCatalog
import TareCore

/// What one owner holds of a disk, in the four weights.
public struct DiskRow: Sendable, Hashable, Codable {
    /// Who owns it; `nil` for room that is promised and that nobody uses (only `virtual` has it).
    public var owner: Owner?
    /// The part; `nil` where the row is an owner's sum.
    public var group: OwnerGroup?
    /// The four weights.
    public var weights: DiskWeights

    /// Makes a row.
    public init(owner: Owner?, group: OwnerGroup?, weights: DiskWeights) {
        self.owner = owner
        self.group = group
        self.weights = weights
    }
}

extension DiskWeights {
    /// No bytes by any weight.
    public static let zero = DiskWeights(virtual: .zero, allocated: .zero, used: .zero, wire: .zero)

    /// Adds weight by weight.
    public static func += (left: inout DiskWeights, right: DiskWeights) {
        left.virtual += right.virtual
        left.allocated += right.allocated
        left.used += right.used
        left.wire += right.wire
    }
}

extension [DiskRow] {
    /// The sum of all rows by one weight: with the unused room, exactly the whole.
    public func total(_ weight: DiskWeight) -> ByteCount { reduce(.zero) { $0 + $1.weights[weight] } }

    /// The sum of one owner's rows by one weight.
    public func bytes(of owner: Owner, by weight: DiskWeight) -> ByteCount {
        lazy.filter { $0.owner == owner }.reduce(.zero) { $0 + $1.weights[weight] }
    }
}
