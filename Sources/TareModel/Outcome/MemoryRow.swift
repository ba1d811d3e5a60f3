import TareCore

/// What one owner holds of memory in one part, in the five weights.
public struct MemoryRow: Sendable, Hashable, Codable {
    /// Who owns it; `nil` for memory that is promised or assigned and that nobody uses.
    public var owner: Owner?
    /// The class of pages: `hidden-by-hypervisor`, `page-structs`, `kernel`, `slab`, `daemon:sshd`, `page-cache`, ...
    public var part: String
    /// The five weights.
    public var weights: MemoryWeights

    /// Makes a row.
    public init(owner: Owner?, part: String, weights: MemoryWeights) {
        self.owner = owner
        self.part = part
        self.weights = weights
    }
}

/// The five weights of memory, in bytes.
public struct MemoryWeights: Sendable, Hashable, Codable {
    /// What the instance was promised.
    public var configured: ByteCount
    /// Resident pages, shared ones in full.
    public var vmmRSS: ByteCount
    /// Resident pages, shared ones in proportion.
    public var pss: ByteCount
    /// What the control group charges, less inactive file pages.
    public var cgroupWorkingSet: ByteCount
    /// File pages that could be given back.
    public var pageCache: ByteCount

    /// No bytes by any weight.
    public static let zero = MemoryWeights(
        configured: .zero, vmmRSS: .zero, pss: .zero, cgroupWorkingSet: .zero, pageCache: .zero)

    /// Makes the five weights.
    public init(
        configured: ByteCount = .zero,
        vmmRSS: ByteCount = .zero,
        pss: ByteCount = .zero,
        cgroupWorkingSet: ByteCount = .zero,
        pageCache: ByteCount = .zero
    ) {
        self.configured = configured
        self.vmmRSS = vmmRSS
        self.pss = pss
        self.cgroupWorkingSet = cgroupWorkingSet
        self.pageCache = pageCache
    }

    /// One of the five.
    public subscript(weight: MemoryWeight) -> ByteCount {
        switch weight {
        case .configured: configured
        case .vmmRSS: vmmRSS
        case .pss: pss
        case .cgroupWorkingSet: cgroupWorkingSet
        case .pageCache: pageCache
        }
    }

    /// Adds weight by weight.
    public static func += (left: inout MemoryWeights, right: MemoryWeights) {
        left.configured += right.configured
        left.vmmRSS += right.vmmRSS
        left.pss += right.pss
        left.cgroupWorkingSet += right.cgroupWorkingSet
        left.pageCache += right.pageCache
    }

    /// Every weight `count` times.
    public static func * (left: MemoryWeights, count: Int) -> MemoryWeights {
        let count = Int64(count)
        return MemoryWeights(
            configured: left.configured * count,
            vmmRSS: left.vmmRSS * count,
            pss: left.pss * count,
            cgroupWorkingSet: left.cgroupWorkingSet * count,
            pageCache: left.pageCache * count
        )
    }
}

extension [MemoryRow] {
    /// The sum of all rows by one weight: with the unused part, exactly the whole.
    public func total(_ weight: MemoryWeight) -> ByteCount { reduce(.zero) { $0 + $1.weights[weight] } }

    /// The sum of one owner's rows by one weight.
    public func bytes(of owner: Owner, by weight: MemoryWeight) -> ByteCount {
        lazy.filter { $0.owner == owner }.reduce(.zero) { $0 + $1.weights[weight] }
    }
}
