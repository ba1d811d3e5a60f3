import CArchive
import Glibc
import Synchronization
import TareCore

/// A qcow2 disk of version 2 or 3, with its backing files.
///
/// Source: QEMU's docs/interop/qcow2.txt. Refused: encryption, external data files, extended L2 entries, corrupt marks.
/// Snapshots inside the file are not looked at: it reads what a guest would see at its next start.
final class Qcow2Disk: BlockSource {
    let subject: String
    let length: Int64
    let hostAllocated: Int64
    private let file: RawFile
    private let header: Qcow2Header
    private let clusters: [UInt64]
    private let backing: (any BlockSource)?
    private let cache = Mutex(Cache())

    private struct Cache {
        var tables: [UInt64: [UInt64]] = [:]
        var clusters: [UInt64: [UInt8]] = [:]
    }

    private enum Place {
        case missing, zero
        case stored(Int64)
        case compressed(UInt64)
    }

    /// Opens a disk and its backing files; `depth` counts how many files lie above it.
    init(_ path: String, depth: Int = 0) throws(TareError) {
        let file = try RawFile(path)
        let header = try Qcow2Header(file)
        subject = path
        self.file = file
        self.header = header
        length = header.size
        let table = try file.fields(at: header.tableOffset, count: header.tableCount * 8, what: "its L1 table")
        var clusters: [UInt64] = []
        clusters.reserveCapacity(header.tableCount)
        for place in 0..<header.tableCount { clusters.append(try table.big(place * 8)) }
        self.clusters = clusters
        if let below = header.backing {
            guard depth < 16 else { throw .corrupt(path, "its chain of backing files does not end after 16") }
            backing = try below.open(above: path, depth: depth + 1)
        } else {
            backing = nil
        }
        hostAllocated = file.hostAllocated + (backing?.hostAllocated ?? 0)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(TareError) {
        guard offset >= 0, offset <= length, Int64(buffer.count) <= length - offset else {
            throw .corrupt(subject, "bytes \(offset)+\(buffer.count) are outside the disk's \(length) bytes")
        }
        var done = 0
        while done < buffer.count {
            let position = offset + Int64(done)
            let within = Int(position & Int64(header.clusterSize - 1))
            let count = min(buffer.count - done, header.clusterSize - within)
            let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[done..<done + count])
            switch try place(of: position) {
            case .zero: _ = piece.initializeMemory(as: UInt8.self, repeating: 0)
            case .missing: try readBacking(piece, at: position)
            case .stored(let host): try file.read(into: piece, at: host + Int64(within))
            case .compressed(let entry):
                let cluster = try decompressed(entry)
                piece.copyBytes(from: cluster[within..<within + count])
            }
            done += count
        }
    }

    /// The backing file's bytes, and zeros after its end.
    private func readBacking(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(TareError) {
        let there = backing.map { max(0, min(Int64(buffer.count), $0.length - offset)) } ?? 0
        if there > 0 {
            try backing?.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(there)]), at: offset)
        }
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[Int(there)...])
        _ = rest.initializeMemory(as: UInt8.self, repeating: 0)
    }

    private func place(of position: Int64) throws(TareError) -> Place {
        let entries = header.clusterSize / 8
        let cluster = Int(position >> Int64(header.clusterBits))
        let first = cluster / entries
        guard first < clusters.count else { throw .corrupt(subject, "its L1 table ends before byte \(position)") }
        let host = clusters[first] & Self.offsetMask
        if host == 0 { return .missing }
        let entry = try table(at: host)[cluster % entries]
        if entry & (1 << 62) != 0 { return .compressed(entry) }
        if header.version >= 3, entry & 1 != 0 { return .zero }
        let offset = entry & Self.offsetMask
        if offset == 0 { return .missing }
        guard offset & UInt64(header.clusterSize - 1) == 0 else {
            throw .corrupt(subject, "an L2 entry leads to byte \(offset), which begins no cluster")
        }
        return .stored(Int64(offset))
    }

    private func table(at host: UInt64) throws(TareError) -> [UInt64] {
        if let known = cache.withLock({ $0.tables[host] }) { return known }
        guard host & UInt64(header.clusterSize - 1) == 0 else {
            throw .corrupt(subject, "an L1 entry leads to byte \(host), which begins no cluster")
        }
        let fields = try file.fields(at: Int64(host), count: header.clusterSize, what: "an L2 table")
        var table: [UInt64] = []
        table.reserveCapacity(header.clusterSize / 8)
        for place in stride(from: 0, to: header.clusterSize, by: 8) { table.append(try fields.big(place)) }
        let kept = table
        cache.withLock {
            if $0.tables.count >= 32 { $0.tables = [:] }
            $0.tables[host] = kept
        }
        return table
    }

    private func decompressed(_ entry: UInt64) throws(TareError) -> [UInt8] {
        if let known = cache.withLock({ $0.clusters[entry] }) { return known }
        let bits = UInt64(62 - (header.clusterBits - 8))
        let offset = Int64(entry & ((1 << bits) - 1))
        let sectors = Int64((entry & ((1 << 62) - 1)) >> bits) + 1
        // The last cluster of a file may end before its last sector does.
        let count = min(sectors * 512 - (offset & 511), file.length - offset)
        guard count > 0, count <= Int64(header.clusterSize) * 2 + 1024 else {
            throw .corrupt(subject, "a compressed cluster of \(sectors) sectors at byte \(offset) cannot be")
        }
        let packed = try file.bytes(at: offset, count: Int(count), what: "a compressed cluster")
        var cluster = [UInt8](repeating: 0, count: header.clusterSize)
        let made = header.isZstd ? Self.inflateZstd(packed, &cluster) : Self.inflate(packed, &cluster)
        guard made == cluster.count else {
            throw .corrupt(subject, "the compressed cluster at byte \(offset) gives \(made) of \(cluster.count) bytes")
        }
        let kept = cluster
        cache.withLock {
            if $0.clusters.count >= 16 { $0.clusters = [:] }
            $0.clusters[entry] = kept
        }
        return cluster
    }

    private static let offsetMask: UInt64 = 0x00FF_FFFF_FFFF_FE00

    /// Raw deflate, without zlib's header; the number of bytes that came out.
    private static func inflate(_ packed: [UInt8], _ cluster: inout [UInt8]) -> Int {
        var packed = packed
        return packed.withUnsafeMutableBufferPointer { input in
            cluster.withUnsafeMutableBufferPointer { output in
                var stream = z_stream()
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                let size = Int32(MemoryLayout<z_stream>.size)
                guard inflateInit2_(&stream, -15, ZLIB_VERSION, size) == Z_OK else { return 0 }
                defer { inflateEnd(&stream) }
                _ = CArchive.inflate(&stream, Z_FINISH)
                return output.count - Int(stream.avail_out)
            }
        }
    }

    /// One zstd frame, which the sector's rest may follow; the number of bytes that came out.
    private static func inflateZstd(_ packed: [UInt8], _ cluster: inout [UInt8]) -> Int {
        guard let context = ZSTD_createDCtx() else { return 0 }
        defer { ZSTD_freeDCtx(context) }
        var made = 0
        var taken = 0
        while made < cluster.count {
            let before = (made, taken)
            let left = ZSTD_decompressStream_simpleArgs(
                context, &cluster, cluster.count, &made, packed, packed.count, &taken)
            if ZSTD_isError(left) != 0 || left == 0 || before == (made, taken) { break }
        }
        return made
    }
}
