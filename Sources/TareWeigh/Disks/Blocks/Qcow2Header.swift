import TareCore

/// The first cluster of a qcow2 disk.
struct Qcow2Header {
    static let magic: [UInt8] = [0x51, 0x46, 0x49, 0xFB]

    let version: UInt32
    let clusterBits: Int
    /// The disk's size in bytes.
    let size: Int64
    let tableOffset: Int64
    let tableCount: Int
    let isZstd: Bool
    private(set) var backing: Qcow2Backing?

    var clusterSize: Int { 1 << clusterBits }

    /// Whether a file begins with the magic.
    static func isPresent(in file: RawFile) throws(TareError) -> Bool {
        guard file.length >= magic.count else { return false }
        return try file.bytes(at: 0, count: magic.count, what: "its magic") == magic
    }

    init(_ file: RawFile) throws(TareError) {
        let fields = try file.fields(at: 0, count: min(104, Int(clamping: file.length)), what: "its qcow2 header")
        guard fields.bytes.starts(with: Self.magic) else { throw fields.corrupt("it has no qcow2 magic") }
        version = try fields.big(4)
        guard version == 2 || version == 3 else {
            throw TareError(
                .unsupported, subject: file.subject, "cannot read qcow2 version \(version): 2 and 3 are known")
        }
        let bits = try fields.big(20, as: UInt32.self)
        guard (9...21).contains(bits) else { throw fields.corrupt("clusters of 2^\(bits) bytes cannot be") }
        clusterBits = Int(bits)
        let size = try fields.big(24, as: UInt64.self)
        guard size <= 1 << 56 else { throw fields.corrupt("a disk of \(size) bytes cannot be") }
        self.size = Int64(size)
        guard try fields.big(32, as: UInt32.self) == 0 else {
            throw TareError(.unsupported, subject: file.subject, "cannot read an encrypted qcow2 disk")
        }
        let count = try fields.big(36, as: UInt32.self)
        let offset = try fields.big(40, as: UInt64.self)
        let perTable = UInt64(1) << UInt64(2 * clusterBits - 3)
        guard count <= 4 << 20, UInt64(count) >= (size + perTable - 1) / perTable, offset <= UInt64(file.length) else {
            throw fields.corrupt("an L1 table of \(count) entries at byte \(offset) cannot be")
        }
        tableCount = Int(count)
        tableOffset = Int64(offset)
        var features: UInt64 = 0
        var headerLength = 72
        var zstd = false
        if version == 3 {
            features = try fields.big(72)
            headerLength = Int(try fields.big(100, as: UInt32.self))
            guard headerLength >= 104, headerLength <= 1 << clusterBits else {
                throw fields.corrupt("a header of \(headerLength) bytes cannot be")
            }
            if features & 8 != 0 {
                let kind = try file.bytes(at: 104, count: 1, what: "its compression type")
                guard kind == [1] else { throw fields.corrupt("compression type \(kind) is not known") }
                zstd = true
            }
        }
        isZstd = zstd
        if features & 2 != 0 {
            throw fields.corrupt("it is marked as corrupt by the program that wrote it last")
        }
        guard features & ~UInt64(0b1011) == 0 else {
            throw TareError(
                .unsupported, subject: file.subject,
                "cannot read a qcow2 disk with external data or subclusters (features \(features))",
                hint: "copy it: qemu-img convert -O qcow2 OLD NEW"
            )
        }
        let nameOffset = try fields.big(8, as: UInt64.self)
        let nameLength = Int(try fields.big(16, as: UInt32.self))
        guard nameOffset != 0 else { return }
        guard nameOffset < UInt64(file.length), (1...1023).contains(nameLength) else {
            throw fields.corrupt("a backing file's name of \(nameLength) bytes at byte \(nameOffset) cannot be")
        }
        let name = try file.bytes(at: Int64(nameOffset), count: nameLength, what: "its backing file's name")
        backing = Qcow2Backing(
            name: String(decoding: name, as: UTF8.self),
            format: try Self.backingFormat(file, from: headerLength, to: Int(nameOffset))
        )
    }

    /// The header extension that names the backing file's format.
    private static func backingFormat(_ file: RawFile, from: Int, to: Int) throws(TareError) -> String? {
        var place = from
        while place <= to - 8 {
            let head = try file.fields(at: Int64(place), count: 8, what: "a header extension")
            let kind = try head.big(0, as: UInt32.self)
            let count = Int(try head.big(4, as: UInt32.self))
            if kind == 0 { return nil }
            guard count <= to - place - 8 else { throw head.corrupt("\(count) bytes lead out of the header") }
            if kind == 0xE279_2ACA {
                return String(
                    decoding: try file.bytes(at: Int64(place + 8), count: count, what: "the backing format"),
                    as: UTF8.self)
            }
            place += 8 + (count + 7) / 8 * 8
        }
        return nil
    }
}
