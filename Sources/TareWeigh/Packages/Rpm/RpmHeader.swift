/// One package's header as rpm keeps it in its database: a table of tags, then their data, all big-endian.
///
/// Written after the format's description in the RPM reference manual (package format, version 4): an index count, a
/// data length, 16 bytes an index entry (tag, type, offset, count), and the data.
struct RpmHeader {
    /// The tags that weighing needs.
    enum Tag: UInt32 {
        case name = 1000
        case version = 1001
        case release = 1002
        case architecture = 1022
        case oldFileNames = 1027
        case provides = 1047
        case requires = 1049
        case directoryIndexes = 1116
        case baseNames = 1117
        case directoryNames = 1118
    }

    private struct Entry {
        var type: UInt32
        var offset: Int
        var count: Int
    }

    private let bytes: [UInt8]
    private let store: Int
    private var entries: [UInt32: Entry] = [:]

    /// Reads the table; `nil` where the bytes are no header.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 8 else { return nil }
        let count = Int(Self.word(bytes, 0))
        let length = Int(Self.word(bytes, 4))
        store = 8 + count * 16
        guard count > 0, count < 1 << 16, store + length <= bytes.count else { return nil }
        self.bytes = bytes
        for index in 0..<count {
            let at = 8 + index * 16
            entries[Self.word(bytes, at)] = Entry(
                type: Self.word(bytes, at + 4),
                offset: Int(Self.word(bytes, at + 8)),
                count: Int(Self.word(bytes, at + 12))
            )
        }
    }

    /// The strings of a tag: one, or an array of them.
    func strings(_ tag: Tag) -> [String] {
        guard let entry = entries[tag.rawValue], [6, 8, 9].contains(entry.type) else { return [] }
        var strings: [String] = []
        var at = store + entry.offset
        for _ in 0..<entry.count {
            guard at < bytes.count, let end = bytes[at...].firstIndex(of: 0) else { break }
            strings.append(String(decoding: bytes[at..<end], as: UTF8.self))
            at = end + 1
        }
        return strings
    }

    /// The numbers of a tag of 32 bits.
    func numbers(_ tag: Tag) -> [Int] {
        guard let entry = entries[tag.rawValue], entry.type == 4 else { return [] }
        let start = store + entry.offset
        guard entry.count <= (bytes.count - start) / 4 else { return [] }
        return (0..<entry.count).map { Int(Self.word(bytes, start + $0 * 4)) }
    }

    /// The files' paths: each a folder's name by its index, and a base name.
    var paths: [String] {
        let names = strings(.baseNames)
        guard !names.isEmpty else { return strings(.oldFileNames) }
        let folders = strings(.directoryNames)
        let indexes = numbers(.directoryIndexes)
        guard indexes.count == names.count else { return [] }
        return zip(names, indexes).compactMap { name, index in
            folders.indices.contains(index) ? folders[index] + name : nil
        }
    }

    private static func word(_ bytes: [UInt8], _ at: Int) -> UInt32 {
        UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8 | UInt32(bytes[at + 3])
    }
}
