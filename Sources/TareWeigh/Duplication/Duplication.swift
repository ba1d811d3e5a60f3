import TareCore

/// Content that several subjects hold, or one subject several times.
///
///     subjects -> every file in blocks of 4 KiB -> SHA-256 -> sorted -> who holds each content
///
/// At *file* level a content is a whole regular file (hard links once, empty files left out); at *block* level it is one
/// block of 4 KiB counted from the file's start, the last one as short as it is. Holes count as the zeros they read as.
public struct Duplication: Codable, Sendable, Hashable {
    /// Bytes of a block.
    public static let block = 4096

    /// Over whole files.
    public var files: Level
    /// Over blocks of 4 KiB.
    public var blocks: Level

    /// The account at one level.
    public struct Level: Codable, Sendable, Hashable {
        /// Bytes of all subjects together.
        public var total: ByteCount
        /// Bytes where every content is kept once.
        public var distinct: ByteCount
        /// What keeping every content once would save: total less distinct.
        public var duplicate: ByteCount
        /// One row a subject, in the order given.
        public var subjects: [SubjectShare]
        /// One row an owner; they add up to the whole.
        public var owners: [OwnerShare]

        enum CodingKeys: String, CodingKey {
            case subjects, owners
            case total = "total_bytes"
            case distinct = "distinct_bytes"
            case duplicate = "duplicate_bytes"
        }
    }

    /// What one subject has in common with the others.
    public struct SubjectShare: Codable, Sendable, Hashable {
        /// The subject.
        public var subject: String
        /// All its bytes.
        public var total: ByteCount
        /// Bytes of contents that no other subject holds.
        public var unique: ByteCount
        /// Bytes of contents that another subject holds as well; with `unique` they are the total.
        public var shared: ByteCount
        /// Bytes beyond the first time that a content occurs inside this subject.
        public var repeated: ByteCount

        enum CodingKeys: String, CodingKey {
            case subject
            case total = "total_bytes"
            case unique = "unique_bytes"
            case shared = "shared_bytes"
            case repeated = "repeated_bytes"
        }
    }

    /// What of one owner's bytes is there more than once.
    public struct OwnerShare: Codable, Sendable, Hashable {
        /// The owner.
        public var owner: Owner
        /// Its bytes over all subjects.
        public var total: ByteCount
        /// Bytes of contents that only one subject holds.
        public var unique: ByteCount
        /// Bytes of contents that several subjects hold; with `unique` they are the total.
        public var shared: ByteCount
        /// Bytes where every content is kept once; one that several owners hold counts for the lowest in the stack.
        public var distinct: ByteCount
        /// Total less distinct.
        public var duplicate: ByteCount

        enum CodingKeys: String, CodingKey {
            case owner
            case total = "total_bytes"
            case unique = "unique_bytes"
            case shared = "shared_bytes"
            case distinct = "distinct_bytes"
            case duplicate = "duplicate_bytes"
        }
    }
}
