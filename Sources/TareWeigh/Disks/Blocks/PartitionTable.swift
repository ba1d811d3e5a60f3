import TareCore

/// The partitions of a disk, from a GUID partition table or a master boot record.
///
/// Source: UEFI specification 2.10, chapter 5; root types of the Discoverable Partitions Specification.
struct PartitionTable {
    /// One partition, in bytes.
    struct Partition {
        var start: Int64
        var length: Int64
        /// Whether its type says that it is the root of a Linux system.
        var isRoot: Bool
    }

    /// In the table's order; empty where there is no table.
    private(set) var partitions: [Partition] = []

    /// Reads the table of `disk`; a disk without one has no partitions.
    init(_ disk: any BlockSource) throws(TareError) {
        for sector in [Int64(512), 4096] where disk.length >= sector * 3 {
            let header = try disk.fields(at: sector, count: 512, what: "its partition table")
            if header.bytes.starts(with: Array("EFI PART".utf8)) {
                try readGUID(disk, header, sector)
                return
            }
        }
        guard disk.length >= 1024 else { return }
        let first = try disk.fields(at: 0, count: 512, what: "its boot record")
        guard try first.big(510, as: UInt16.self) == 0x55AA else { return }
        try readBootRecord(disk, first)
    }

    private mutating func readGUID(
        _ disk: any BlockSource,
        _ header: Fields,
        _ sector: Int64
    ) throws(TareError) {
        let table = try header.little(72, as: UInt64.self)
        let count = Int(try header.little(80, as: UInt32.self))
        let size = Int(try header.little(84, as: UInt32.self))
        guard table < UInt64(disk.length / sector), (128...4096).contains(size), count <= 1024 else {
            throw header.corrupt("\(count) entries of \(size) bytes at sector \(table) cannot be")
        }
        let entries = try disk.fields(at: Int64(table) * sector, count: count * size, what: "its partition table")
        for number in 0..<count {
            let place = number * size
            let type = Array(try entries.slice(place, 16))
            guard type.contains(where: { $0 != 0 }) else { continue }
            let first = try entries.little(place + 32, as: UInt64.self)
            let last = try entries.little(place + 40, as: UInt64.self)
            guard first <= last, last < UInt64(disk.length / sector) else {
                throw entries.corrupt("partition \(number + 1) has sectors \(first) to \(last), outside the disk")
            }
            partitions.append(
                Partition(
                    start: Int64(first) * sector,
                    length: Int64(last - first + 1) * sector,
                    isRoot: Self.rootTypes.contains(type)
                )
            )
        }
    }

    private mutating func readBootRecord(_ disk: any BlockSource, _ record: Fields) throws(TareError) {
        var extended: Int64?
        for number in 0..<4 {
            let (kind, start, length) = try Self.entry(record, number)
            if [0x05, 0x0F, 0x85].contains(kind) { extended = start }
            // Other types than Linux's are not looked at; a damaged entry of theirs does no harm.
            guard kind == 0x83 else { continue }
            guard start > 0, length > 0, start <= disk.length, length <= disk.length - start else {
                throw record.corrupt("partition \(number + 1) is outside the disk")
            }
            partitions.append(Partition(start: start, length: length, isRoot: false))
        }
        guard let extended else { return }
        // Logical partitions are a chain of records; each link is relative to the extended partition's start.
        var next = extended
        for _ in 0..<128 {
            let link = try disk.fields(at: next, count: 512, what: "its extended boot record")
            guard try link.big(510, as: UInt16.self) == 0x55AA else { return }
            let (kind, start, length) = try Self.entry(link, 0)
            if kind == 0x83 {
                guard length > 0, next + start <= disk.length, length <= disk.length - next - start else {
                    throw link.corrupt("a logical partition is outside the disk")
                }
                partitions.append(Partition(start: next + start, length: length, isRoot: false))
            }
            let (more, offset, _) = try Self.entry(link, 1)
            guard [0x05, 0x0F, 0x85].contains(more), offset > 0 else { return }
            next = extended + offset
        }
        throw record.corrupt("its chain of logical partitions does not end after 128")
    }

    private static func entry(_ record: Fields, _ number: Int) throws(TareError) -> (UInt8, Int64, Int64) {
        let place = 446 + number * 16
        return (
            try record.little(place + 4),
            Int64(try record.little(place + 8, as: UInt32.self)) * 512,
            Int64(try record.little(place + 12, as: UInt32.self)) * 512
        )
    }

    /// Root partition types as they are stored: x86-64, arm64, riscv64.
    private static let rootTypes: [[UInt8]] = [
        [0xE3, 0xBC, 0x68, 0x4F, 0xCD, 0xE8, 0xB1, 0x4D, 0x96, 0xE7, 0xFB, 0xCA, 0xF9, 0x84, 0xB7, 0x09],
        [0x45, 0xB0, 0x21, 0xB9, 0xF0, 0x1D, 0xC3, 0x41, 0xAF, 0x44, 0x4C, 0x6F, 0x28, 0x0D, 0x3F, 0xAE],
        [0x7E, 0x18, 0xEC, 0x72, 0xAC, 0x5C, 0x1C, 0x42, 0x83, 0x3D, 0xD3, 0xE3, 0xA8, 0x96, 0xD9, 0x95],
    ]
}
