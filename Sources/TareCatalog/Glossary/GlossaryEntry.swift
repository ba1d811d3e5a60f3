/// One word of Tare's vocabulary.
public struct GlossaryEntry: Codable, Sendable, Hashable {
    /// The part of the vocabulary that a word is in, in the order of the printed list.
    public enum Topic: String, Codable, Sendable, CaseIterable {
        /// What the comparison is about.
        case stack = "the two stacks"
        /// Images and containers.
        case images = "images and containers"
        /// Disks of VMs.
        case disks = "disks"
        /// The four weights of a disk.
        case diskWeights = "disk weights"
        /// The five weights of memory.
        case memoryWeights = "memory weights"
        /// The named events of a start.
        case startMarks = "start marks"
        /// Who a byte belongs to.
        case owners = "owners"
        /// Which part of an owner's bytes.
        case groups = "owner groups"
        /// Where a number comes from.
        case evidence = "evidence"
        /// Claims and how they are decided.
        case verdicts = "claims and verdicts"
        /// Words of a run.
        case runs = "runs"
        /// What the command line ends with.
        case exitCodes = "exit codes"
        /// The kinds of an error.
        case errors = "error codes"
    }

    /// The word, as Tare prints it.
    public var term: String
    /// Which part of the vocabulary.
    public var topic: Topic
    /// What it means, in whole sentences.
    public var meaning: String
    /// Other spellings that find it.
    public var aliases: [String]
    /// Words to read next.
    public var related: [String]

    /// Makes an entry.
    public init(_ term: String, _ topic: Topic, _ meaning: String, aliases: [String] = [], related: [String] = []) {
        self.term = term
        self.topic = topic
        self.meaning = meaning
        self.aliases = aliases
        self.related = related
    }
}
