import TareCore

/// A guest's memory as its own kernel tells it, after its default target was reached.
public struct GuestMemoryInside: Encodable, Sendable, Hashable {
    /// One program of the guest.
    public struct Process: Encodable, Sendable, Hashable {
        /// Its number in the guest.
        public var id: Int
        /// Its name, at most 15 bytes.
        public var name: String
        /// Its proportional share of resident memory (PSS).
        public var proportional: ByteCount
        /// What it shares with nobody.
        public var own: ByteCount

        enum CodingKeys: String, CodingKey {
            case id, name
            case proportional = "pss_bytes"
            case own = "private_bytes"
        }
    }

    /// The lines of /proc/meminfo that are amounts: `MemTotal`, `Slab`, `PageTables`.
    public var kernel: [String: ByteCount] = [:]
    /// Every program with pages of its own, by number; Tare's that prints this included.
    public var processes: [Process] = []
    /// Whether the list came to its end.
    public var isComplete = false

    enum CodingKeys: String, CodingKey {
        case processes
        case kernel = "meminfo_bytes"
        case isComplete = "complete"
    }

    /// Takes a line that Tare's program printed on the console; other lines are nothing.
    mutating func take(_ line: String) {
        guard let range = line.firstRange(of: "tare: ") else { return }
        let words = line[range.upperBound...].split(separator: " ")
        if words.count == 3, words[0] == "meminfo", let kibibytes = Int64(words[2]) {
            kernel[String(words[1])] = .kibibytes(kibibytes)
        } else if words.count >= 5, words[0] == "process", let id = Int(words[1]), let share = Int64(words[2]),
            let own = Int64(words[3])
        {
            let name = words[4...].joined(separator: " ")
            processes.append(
                Process(id: id, name: name, proportional: .kibibytes(share), own: .kibibytes(own)))
        } else if words == ["memory", "end"] {
            isComplete = true
        }
    }
}
