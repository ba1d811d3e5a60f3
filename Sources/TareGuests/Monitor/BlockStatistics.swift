import TareCore

/// What a guest asked of one disk since it started, as QEMU counts it.
public struct BlockStatistics: Codable, Sendable, Hashable {
    /// Bytes read.
    public var readBytes: ByteCount
    /// Bytes written.
    public var writtenBytes: ByteCount
    /// Requests to read.
    public var reads: Int64
    /// Requests to write.
    public var writes: Int64
    /// Requests to bring what is written to the medium.
    public var flushes: Int64

    enum CodingKeys: String, CodingKey {
        case reads, writes, flushes
        case readBytes = "read_bytes"
        case writtenBytes = "written_bytes"
    }

    /// Nothing asked.
    public static let zero = BlockStatistics(.null)

    /// Reads the `stats` of `query-blockstats`; what is missing is 0.
    init(_ numbers: JSONValue) {
        func number(_ name: String) -> Int64 { numbers[name]?.asInteger ?? 0 }
        readBytes = ByteCount(number("rd_bytes"))
        writtenBytes = ByteCount(number("wr_bytes"))
        reads = number("rd_operations")
        writes = number("wr_operations")
        flushes = number("flush_operations")
    }

    /// What came after an earlier reading.
    public func since(_ earlier: BlockStatistics) -> BlockStatistics {
        var difference = self
        difference.readBytes = readBytes - earlier.readBytes
        difference.writtenBytes = writtenBytes - earlier.writtenBytes
        difference.reads -= earlier.reads
        difference.writes -= earlier.writes
        difference.flushes -= earlier.flushes
        return difference
    }
}
