import TareCore
import TareStatistics

/// One value a replication of each quantity: what estimates and comparisons are made from.
///
/// The start times of single instances (`instance:17`) become one value a replication, their median, under the subject
/// `instance`: a replication is one launch, and its instances are not independent of each other.
struct SampleSeries {
    /// What the values are of.
    struct Key: Hashable {
        var cell: String
        var mode: RunMode
        var quantity: String
        var subject: String
        var owner: Owner?
    }

    /// The values of one side.
    struct Side {
        var unit: String
        var denominator: String?
        var evidence: Evidence
        var values: [Int: [Double]] = [:]

        /// Replications and values, rising.
        var byReplication: [(replication: Int, value: Double)] {
            values.sorted { $0.key < $1.key }.compactMap { entry in
                Quantile.median(entry.value).map { (entry.key, $0) }
            }
        }
    }

    /// The keys in the order of their first sample.
    private(set) var keys: [Key] = []
    private var sides: [Key: [Platform: Side]] = [:]

    /// Sorts samples out.
    ///
    /// - Complexity: O(samples).
    init(_ samples: [Sample]) {
        for sample in samples {
            let key = Key(
                cell: sample.cell,
                mode: sample.mode,
                quantity: sample.quantity,
                subject: Self.pooled(sample.subject),
                owner: sample.owner
            )
            if sides[key] == nil { keys.append(key) }
            var side =
                sides[key, default: [:]].removeValue(forKey: sample.platform)
                ?? Side(unit: sample.unit, denominator: sample.denominator, evidence: sample.evidence)
            side.evidence = Evidence.weaker(side.evidence, sample.evidence)
            side.values[sample.replication, default: []].append(sample.value)
            sides[key, default: [:]][sample.platform] = side
        }
    }

    /// One side of a key, or `nil` where that platform has none.
    func side(_ key: Key, _ platform: Platform) -> Side? { sides[key]?[platform] }

    /// The subject under which a sample is pooled: `instance:17` under `instance`.
    static func pooled(_ subject: String) -> String {
        guard subject.hasPrefix("instance:") else { return subject }
        let name = subject.utf8.dropFirst(9)
        return !name.isEmpty && name.allSatisfy { (48...57).contains($0) } ? "instance" : subject
    }
}
