import TareCore

/// Reads a tar archive member by member, without a copy of the contents: ustar, pax, GNU with its long names and all
/// four forms of sparse files.
///
/// Names and values are bytes; nothing is translated between character sets. Every length is checked before it is
/// believed. Not for several threads at once.
final class TarReader {
    /// Gives the next piece; all but the last are a whole number of blocks long.
    private let more: () throws(TareError) -> UnsafeRawBufferPointer?
    let subject: String
    private var piece = UnsafeRawBufferPointer(start: nil, count: 0)
    private var position = 0
    /// Bytes of the pieces before the current one.
    private var passed: Int64 = 0
    private var entryNumber = 0
    /// Stored bytes of the current member that were not read.
    private var left: Int64 = 0
    private var padding = 0
    private var stretches: [TarEntry.Stretch]?
    private var global = PaxRecords()

    /// The longest extended header or long name, in bytes: attributes of 64 KiB each, many of them.
    static let longestHeader: Int64 = 8 << 20
    /// The longest list of a sparse file's stretches.
    static let mostStretches = 1 << 18
    /// No file may be bigger: ext4's own limit for one file.
    static let biggestFile: Int64 = 1 << 44

    init(subject: String, _ more: @escaping () throws(TareError) -> UnsafeRawBufferPointer?) {
        self.subject = subject
        self.more = more
    }

    /// The next member; `nil` at the end.
    func next() throws(TareError) -> TarEntry? {
        try skip()
        var extended: PaxRecords?
        var longName: [UInt8]?
        var longTarget: [UInt8]?
        while let block = try block() {
            let fields = TarFields(block: block)
            if fields.isZero { return nil }
            entryNumber += 1
            guard fields.isSummed else { throw damaged("the checksum of its header is wrong") }
            guard let stored = fields.number(124, 12), stored >= 0, stored <= Self.biggestFile else {
                throw damaged("its size makes no sense")
            }
            switch fields.type {
            case UInt8(ascii: "x"):
                guard let records = PaxRecords.parse(try header(stored)) else {
                    throw damaged("its pax header is damaged")
                }
                extended = records
            case UInt8(ascii: "g"):
                guard let records = PaxRecords.parse(try header(stored)) else {
                    throw damaged("its pax header is damaged")
                }
                global.values.merge(records.values) { _, new in new }
            case UInt8(ascii: "L"): longName = Self.upToZero(try header(stored))
            case UInt8(ascii: "K"): longTarget = Self.upToZero(try header(stored))
            default:
                return try entry(fields, stored, extended, longName, longTarget)
            }
        }
        guard extended == nil, longName == nil, longTarget == nil else { throw damaged("its file is missing") }
        return nil
    }

    /// Where the current member's stored bytes begin, in bytes from the start of the archive.
    var contentOffset: Int64 { passed + Int64(position) }

    /// Streams what is stored of the current member: each piece with its offset in the file.
    ///
    /// Holes are left out.
    func content(_ body: (UnsafeRawBufferPointer, Int64) throws(TareError) -> Void) throws(TareError) {
        if let stretches {
            for stretch in stretches {
                var done: Int64 = 0
                while done < stretch.length {
                    guard let part = try part(stretch.length - done) else { throw damaged("the archive ends in it") }
                    try body(part, stretch.offset + done)
                    done += Int64(part.count)
                }
            }
            return
        }
        var offset: Int64 = 0
        while left > 0 {
            guard let part = try part(left) else { throw damaged("the archive ends in it") }
            try body(part, offset)
            offset += Int64(part.count)
        }
    }

    // MARK: - Headers

    private func entry(
        _ fields: TarFields,
        _ storedSize: Int64,
        _ extended: PaxRecords?,
        _ longName: [UInt8]?,
        _ longTarget: [UInt8]?
    ) throws(TareError) -> TarEntry {
        var entry = TarEntry(path: longName ?? fields.text(0, 100), kind: try kind(fields))
        if longName == nil, fields.hasPrefix {
            let prefix = fields.text(345, 155)
            if !prefix.isEmpty { entry.path = prefix + [47] + entry.path }
        }
        entry.target = longTarget ?? fields.text(157, 100)
        guard let mode = fields.number(100, 8), let user = fields.number(108, 8), let group = fields.number(116, 8),
            let modified = fields.number(136, 12)
        else { throw damaged("a number in its header is damaged") }
        entry.mode = UInt32(truncatingIfNeeded: mode) & 0o7777
        entry.user = try owner(user)
        entry.group = try owner(group)
        entry.modified.seconds = modified
        if entry.kind == .characterDevice || entry.kind == .blockDevice {
            guard let major = fields.number(329, 8), let minor = fields.number(337, 8),
                let major = UInt32(exactly: major), let minor = UInt32(exactly: minor)
            else { throw damaged("its device number makes no sense") }
            entry.major = major
            entry.minor = minor
        }
        let sparseHeader = fields.type == UInt8(ascii: "S") ? try oldStretches(fields) : nil
        var stored = storedSize
        var records = global.values
        if let extended { records.merge(extended.values) { _, new in new } }
        try apply(records, to: &entry, stored: &stored)
        // Only files have contents, whatever the header of another kind says.
        left = entry.kind == .file ? stored : 0
        padding = Self.rest(left)
        entry.size = left
        entry.attributes = PaxRecords(values: records).attributes
        if let sparseHeader {
            entry.size = sparseHeader.size
            entry.stretches = sparseHeader.stretches
        } else if entry.kind == .file {
            try sparse(records, extended?.stretchNumbers ?? [], &entry)
        }
        if let stretches = entry.stretches { try check(stretches, entry.size) }
        stretches = entry.stretches
        if entry.kind == .file, entry.path.last == 47 { entry.kind = .directory }
        guard !entry.path.contains(0), !entry.target.contains(0) else { throw damaged("its name has a zero byte") }
        return entry
    }

    private func kind(_ fields: TarFields) throws(TareError) -> TarEntry.Kind {
        switch fields.type {
        case 0, UInt8(ascii: "0"), UInt8(ascii: "7"), UInt8(ascii: "S"): return .file
        case UInt8(ascii: "1"): return .hardLink
        case UInt8(ascii: "2"): return .symbolicLink
        case UInt8(ascii: "3"): return .characterDevice
        case UInt8(ascii: "4"): return .blockDevice
        case UInt8(ascii: "5"): return .directory
        case UInt8(ascii: "6"): return .fifo
        default:
            throw damaged("its type is \(fields.type), which no layer has")
        }
    }

    private func apply(
        _ records: [String: [UInt8]],
        to entry: inout TarEntry,
        stored: inout Int64
    ) throws(TareError) {
        for (key, value) in records where !value.isEmpty {
            switch key {
            case "path": entry.path = value
            case "linkpath": entry.target = value
            case "size":
                guard let size = PaxRecords.number(value), size <= Self.biggestFile else {
                    throw damaged("its size makes no sense")
                }
                stored = size
            case "uid":
                guard let number = PaxRecords.number(value) else { throw damaged("its owner makes no sense") }
                entry.user = try owner(number)
            case "gid":
                guard let number = PaxRecords.number(value) else { throw damaged("its owner makes no sense") }
                entry.group = try owner(number)
            case "mtime":
                guard let time = PaxRecords.time(value) else { throw damaged("its time makes no sense") }
                entry.modified = time
            default: break
            }
        }
    }

    private func owner(_ number: Int64) throws(TareError) -> UInt32 {
        // The last number means "leave it as it is" to the kernel.
        guard let owner = UInt32(exactly: number), owner != .max else { throw damaged("its owner makes no sense") }
        return owner
    }

    // MARK: - Sparse files

    private func oldStretches(
        _ fields: TarFields
    ) throws(TareError) -> (size: Int64, stretches: [TarEntry.Stretch]) {
        guard let size = fields.number(483, 12) else { throw damaged("its sparse map is damaged") }
        var stretches: [TarEntry.Stretch] = []
        func add(_ fields: TarFields, _ start: Int, _ count: Int) throws(TareError) {
            for place in 0..<count {
                let at = start + place * 24
                guard fields.block[at] != 0 || fields.block[at + 12] != 0 else { return }
                guard let offset = fields.number(at, 12), let length = fields.number(at + 12, 12) else {
                    throw damaged("its sparse map is damaged")
                }
                stretches.append(TarEntry.Stretch(offset: offset, length: length))
            }
        }
        try add(fields, 386, 4)
        var isExtended = fields.block[482] != 0
        while isExtended {
            guard stretches.count <= Self.mostStretches, let next = try block() else {
                throw damaged("its sparse map is damaged")
            }
            let more = TarFields(block: next)
            try add(more, 0, 21)
            isExtended = next[504] != 0
        }
        return (size, stretches)
    }

    private func sparse(
        _ records: [String: [UInt8]],
        _ repeated: [Int64],
        _ entry: inout TarEntry
    ) throws(TareError) {
        var numbers: [Int64]?
        if let major = records["GNU.sparse.major"], major.elementsEqual([49]) {
            numbers = try storedMap()
        } else if let map = records["GNU.sparse.map"] {
            numbers = map.split(separator: 44).compactMap { PaxRecords.number($0) }
        } else if records["GNU.sparse.size"] != nil {
            numbers = repeated
        }
        guard let numbers else { return }
        guard numbers.count % 2 == 0, numbers.count / 2 <= Self.mostStretches,
            let size = (records["GNU.sparse.realsize"] ?? records["GNU.sparse.size"]).flatMap({ PaxRecords.number($0) })
        else { throw damaged("its sparse map is damaged") }
        if let name = records["GNU.sparse.name"], !name.isEmpty { entry.path = name }
        entry.size = size
        entry.stretches = stride(from: 0, to: numbers.count, by: 2).map {
            TarEntry.Stretch(offset: numbers[$0], length: numbers[$0 + 1])
        }
    }

    /// The newest form keeps the map before the contents: decimal numbers, a line each, filled up to a block.
    private func storedMap() throws(TareError) -> [Int64] {
        var numbers: [Int64] = []
        var digits: [UInt8] = []
        var wanted: Int?
        while wanted.map({ numbers.count < $0 }) ?? true {
            guard left >= 512, let block = try block() else { throw damaged("its sparse map is damaged") }
            left -= 512
            for byte in block {
                guard byte == 10 else {
                    guard wanted.map({ numbers.count < $0 }) ?? true else { break }
                    guard (48...57).contains(byte), digits.count < 19 else {
                        throw damaged("its sparse map is damaged")
                    }
                    digits.append(byte)
                    continue
                }
                guard let number = PaxRecords.number(digits) else { throw damaged("its sparse map is damaged") }
                digits = []
                if wanted == nil {
                    guard number <= Self.mostStretches else { throw damaged("its sparse map is too long") }
                    wanted = Int(number) * 2
                } else {
                    numbers.append(number)
                }
            }
        }
        return numbers
    }

    /// Stretches come in order, inside the file, and take as much as is stored.
    private func check(_ stretches: [TarEntry.Stretch], _ size: Int64) throws(TareError) {
        var end: Int64 = 0
        var stored: Int64 = 0
        for stretch in stretches {
            guard stretch.offset >= end, stretch.length >= 0, stretch.length <= size,
                stretch.offset <= size - stretch.length
            else { throw damaged("its sparse map makes no sense") }
            end = stretch.offset + stretch.length
            stored += stretch.length
        }
        guard size >= 0, size <= Self.biggestFile, stored == left else {
            throw damaged("its sparse map makes no sense")
        }
    }

    // MARK: - Bytes

    /// The next 512 bytes; `nil` at the end.
    private func block() throws(TareError) -> UnsafeRawBufferPointer? {
        if position == piece.count, try !advance() { return nil }
        guard piece.count - position >= TarFields.blockSize else { throw damaged("the archive ends in a header") }
        defer { position += TarFields.blockSize }
        return UnsafeRawBufferPointer(rebasing: piece[position..<position + TarFields.blockSize])
    }

    /// The next stored bytes of the current member, at most `limit`.
    private func part(_ limit: Int64) throws(TareError) -> UnsafeRawBufferPointer? {
        if position == piece.count, try !advance() { return nil }
        let count = Int(min(Int64(piece.count - position), limit, left))
        guard count > 0 else { return nil }
        defer {
            position += count
            left -= Int64(count)
        }
        return UnsafeRawBufferPointer(rebasing: piece[position..<position + count])
    }

    private func skip() throws(TareError) {
        while left > 0 { if try part(left) == nil { throw damaged("the archive ends in it") } }
        while padding > 0 {
            if position == piece.count, try !advance() { throw damaged("the archive ends in it") }
            let count = min(padding, piece.count - position)
            position += count
            padding -= count
        }
    }

    private func header(_ length: Int64) throws(TareError) -> [UInt8] {
        guard length <= Self.longestHeader else { throw damaged("its extended header is too long") }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(length))
        left = length
        padding = Self.rest(length)
        while left > 0 {
            guard let part = try part(left) else { throw damaged("the archive ends in its header") }
            bytes.append(contentsOf: part)
        }
        try skip()
        return bytes
    }

    private func advance() throws(TareError) -> Bool {
        guard let next = try more(), !next.isEmpty else { return false }
        passed += Int64(piece.count)
        piece = next
        position = 0
        return true
    }

    private static func rest(_ length: Int64) -> Int { Int((512 - length % 512) % 512) }

    private static func upToZero(_ bytes: [UInt8]) -> [UInt8] { Array(bytes.prefix { $0 != 0 }) }

    private func damaged(_ text: String) -> TareError {
        TareError(.corrupt, subject: subject, "cannot read member \(entryNumber) of the archive: \(text)")
    }
}
