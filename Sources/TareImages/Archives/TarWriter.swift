import TareCore

/// Writes a tar archive whose bytes depend on its entries only: ustar where that can say it, pax headers where not.
///
/// Every field that nobody asked for is fixed; no names of users, no times of the writer.
final class TarWriter {
    private let output: any ByteOutput
    private var left: Int64 = 0
    private var padding = 0
    private(set) var entries = 0

    init(_ output: any ByteOutput) { self.output = output }

    /// Begins an entry; `entry.size` bytes of contents must follow for a file.
    func begin(_ entry: TarEntry) throws(TareError) {
        precondition(left == 0, "an entry's contents are written before the next one begins")
        entries += 1
        var records: [(key: String, value: [UInt8])] = []
        let isFolder = entry.kind == .directory
        let path = isFolder ? (entry.path.isEmpty ? [46] : entry.path) + [47] : entry.path
        var block = [UInt8](repeating: 0, count: 512)
        var prefix: ArraySlice<UInt8> = []
        var name = path[...]
        if path.count > 100 || !Self.isPlain(path) {
            if Self.isPlain(path), let split = Self.split(path) {
                prefix = path[..<split]
                name = path[(split + 1)...]
            } else {
                records.append(("path", path))
                name = path.prefix(100)
            }
        }
        Self.put(name.prefix(100), 0, &block)
        Self.put(prefix, 345, &block)
        Self.octal(Int64(entry.mode), 100, 8, &block)
        if !Self.octal(Int64(entry.user), 108, 8, &block) { records.append(("uid", [UInt8]("\(entry.user)".utf8))) }
        if !Self.octal(Int64(entry.group), 116, 8, &block) { records.append(("gid", [UInt8]("\(entry.group)".utf8))) }
        let size = entry.kind == .file ? entry.size : 0
        if !Self.octal(size, 124, 12, &block) { records.append(("size", [UInt8]("\(size)".utf8))) }
        if entry.modified.nanoseconds != 0 || !Self.octal(entry.modified.seconds, 136, 12, &block) {
            if entry.modified.seconds >= 0 { Self.octal(entry.modified.seconds, 136, 12, &block) }
            records.append(("mtime", Self.time(entry.modified)))
        }
        block[156] = Self.type(entry.kind)
        if entry.target.count > 100 || !Self.isPlain(entry.target) { records.append(("linkpath", entry.target)) }
        Self.put(entry.target.prefix(100), 157, &block)
        Self.put([UInt8]("ustar\u{0}00".utf8)[...], 257, &block)
        Self.octal(Int64(entry.major), 329, 8, &block)
        Self.octal(Int64(entry.minor), 337, 8, &block)
        for attribute in entry.attributes {
            records.append((PaxRecords.attributePrefix + attribute.name, attribute.value))
        }
        if !records.isEmpty { try extended(records) }
        Self.sum(&block)
        try output.write(block)
        left = size
        padding = Int((512 - size % 512) % 512)
        if size == 0 { padding = 0 }
    }

    /// Writes contents of the entry that was begun.
    func write(_ bytes: UnsafeRawBufferPointer) throws(TareError) {
        precondition(Int64(bytes.count) <= left, "no more contents than the header says")
        try output.write(bytes)
        left -= Int64(bytes.count)
        if left == 0, padding > 0 {
            try output.write([UInt8](repeating: 0, count: padding))
            padding = 0
        }
    }

    /// Writes the end of the archive; the output is not finished.
    func finish() throws(TareError) { try output.write([UInt8](repeating: 0, count: 1024)) }

    /// Writes `bytes` as a whole file.
    func file(_ path: String, _ bytes: [UInt8]) throws(TareError) {
        try begin(TarEntry(path: [UInt8](path.utf8), kind: .file, size: Int64(bytes.count)))
        var failure: TareError?
        bytes.withUnsafeBytes { buffer in
            do throws(TareError) { try write(buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private func extended(_ records: [(key: String, value: [UInt8])]) throws(TareError) {
        var body: [UInt8] = []
        for (key, value) in records.sorted(by: { $0.key < $1.key }) {
            // The length counts its own digits.
            let rest = key.utf8.count + value.count + 3
            var length = rest + 1
            while String(length).utf8.count + rest != length { length = String(length).utf8.count + rest }
            body += [UInt8]("\(length) \(key)=".utf8) + value + [10]
        }
        var block = [UInt8](repeating: 0, count: 512)
        Self.put([UInt8]("PaxHeaders/entry".utf8)[...], 0, &block)
        Self.octal(0o644, 100, 8, &block)
        Self.octal(0, 108, 8, &block)
        Self.octal(0, 116, 8, &block)
        Self.octal(Int64(body.count), 124, 12, &block)
        Self.octal(0, 136, 12, &block)
        block[156] = UInt8(ascii: "x")
        Self.put([UInt8]("ustar\u{0}00".utf8)[...], 257, &block)
        Self.sum(&block)
        try output.write(block)
        try output.write(body + [UInt8](repeating: 0, count: (512 - body.count % 512) % 512))
    }

    private static func type(_ kind: TarEntry.Kind) -> UInt8 {
        switch kind {
        case .file: UInt8(ascii: "0")
        case .hardLink: UInt8(ascii: "1")
        case .symbolicLink: UInt8(ascii: "2")
        case .characterDevice: UInt8(ascii: "3")
        case .blockDevice: UInt8(ascii: "4")
        case .directory: UInt8(ascii: "5")
        case .fifo: UInt8(ascii: "6")
        }
    }

    private static func isPlain(_ bytes: [UInt8]) -> Bool { bytes.allSatisfy { $0 < 128 } }

    /// Where a slash leaves at most 155 bytes before it and 1 to 100 after it.
    private static func split(_ path: [UInt8]) -> Int? {
        guard path.count <= 256 else { return nil }
        var place = path.count - 2
        while place > 0 {
            if path[place] == 47, place <= 155, path.count - place - 1 <= 100 { return place }
            place -= 1
        }
        return nil
    }

    private static func put(_ bytes: ArraySlice<UInt8>, _ start: Int, _ block: inout [UInt8]) {
        for (place, byte) in bytes.enumerated() { block[start + place] = byte }
    }

    /// Whether the number fits.
    @discardableResult
    private static func octal(_ number: Int64, _ start: Int, _ length: Int, _ block: inout [UInt8]) -> Bool {
        guard number >= 0, number < 1 << Int64(3 * (length - 1)) else {
            for place in 0..<(length - 1) { block[start + place] = 48 }
            return false
        }
        var rest = number
        for place in (0..<(length - 1)).reversed() {
            block[start + place] = 48 + UInt8(rest & 7)
            rest >>= 3
        }
        return true
    }

    private static func sum(_ block: inout [UInt8]) {
        for place in 148..<156 { block[place] = 32 }
        let sum = block.reduce(Int64(0)) { $0 + Int64($1) }
        octal(sum, 148, 7, &block)
        block[154] = 0
        block[155] = 32
    }

    private static func time(_ time: TarEntry.Time) -> [UInt8] {
        var seconds = time.seconds
        var nanoseconds = time.nanoseconds
        var sign = ""
        if seconds < 0 {
            sign = "-"
            if nanoseconds > 0 {
                seconds += 1
                nanoseconds = 1_000_000_000 - nanoseconds
            }
            seconds = -seconds
        }
        var digits = String(nanoseconds)
        while digits.utf8.count < 9 { digits = "0" + digits }
        while digits.hasSuffix("0") { digits.removeLast() }
        return [UInt8]((sign + String(seconds) + (digits.isEmpty ? "" : "." + digits)).utf8)
    }
}
