import TareCore

/// One content seen once: half of its SHA-256, how long it is, and where it was.
///
/// 128 bits of the digest make a chance collision among a billion contents less likely than 2^-68.
struct ContentSighting: Sendable {
    var high: UInt64
    var low: UInt64
    var length: Int64
    var subject: UInt32
    var owner: UInt8

    func isSame(_ other: ContentSighting) -> Bool { high == other.high && low == other.low && length == other.length }

    static func precedes(_ left: ContentSighting, _ right: ContentSighting) -> Bool {
        if left.high != right.high { return left.high < right.high }
        if left.low != right.low { return left.low < right.low }
        if left.length != right.length { return left.length < right.length }
        if left.owner != right.owner { return left.owner < right.owner }
        return left.subject < right.subject
    }
}

extension Duplication.Level {
    /// Adds up sightings, which it sorts.
    ///
    /// - Complexity: O(n log n).
    init(_ sightings: consuming [ContentSighting], subjects names: [String]) {
        var sightings = sightings
        sightings.sort(by: ContentSighting.precedes)
        let none = ByteCount.zero
        var subjects = names.map {
            Duplication.SubjectShare(subject: $0, total: none, unique: none, shared: none, repeated: none)
        }
        var owners = Owner.allCases.map {
            Duplication.OwnerShare(owner: $0, total: none, unique: none, shared: none, distinct: none, duplicate: none)
        }
        var total: Int64 = 0
        var distinct: Int64 = 0
        var start = 0
        var lastSeen = [Int](repeating: -1, count: names.count)
        while start < sightings.count {
            var end = start + 1
            var isShared = false
            while end < sightings.count, sightings[end].isSame(sightings[start]) {
                if sightings[end].subject != sightings[start].subject { isShared = true }
                end += 1
            }
            let length = sightings[start].length
            for place in start..<end {
                let subject = Int(sightings[place].subject)
                let owner = Int(sightings[place].owner)
                let bytes = ByteCount(length)
                subjects[subject].total += bytes
                owners[owner].total += bytes
                if isShared {
                    subjects[subject].shared += bytes
                    owners[owner].shared += bytes
                } else {
                    subjects[subject].unique += bytes
                    owners[owner].unique += bytes
                }
                if lastSeen[subject] == start { subjects[subject].repeated += bytes }
                lastSeen[subject] = start
            }
            owners[Int(sightings[start].owner)].distinct += ByteCount(length)
            total += length * Int64(end - start)
            distinct += length
            start = end
        }
        for place in owners.indices { owners[place].duplicate = owners[place].total - owners[place].distinct }
        self.init(
            total: ByteCount(total),
            distinct: ByteCount(distinct),
            duplicate: ByteCount(total - distinct),
            subjects: subjects,
            owners: owners.filter { $0.total > none }
        )
    }
}
