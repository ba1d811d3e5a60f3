import CTareLinux

/// Netlink messages written one behind another into one buffer, to be sent in one system call.
///
/// A message is a header of 16 bytes, the family's own header, and attributes (length, type, value, padded to 4 bytes),
/// which may nest. Numbers are in host order except where a family wants network order (`bigEndian`).
///
///     var batch = NetlinkBatch()
///     batch.message(type: RTM_NEWLINK, flags: NLM_F_CREATE, "make the bridge", subject: "tare-0") { message in
///         message.header(linkHeader)
///         message.attribute(IFLA_IFNAME, text: "tare-0")
///     }
///
/// Building is O(bytes) and touches nothing on the host.
public struct NetlinkBatch: Sendable {
    /// One message of the batch: where it lies, and words for its error.
    struct Entry: Sendable {
        var offset: Int
        var wanted: String
        var subject: String
        var acknowledged: Bool
        /// Error numbers that mean "it is so already".
        var tolerated: [Int32]
    }

    /// The messages; sequence numbers are put in when they are sent.
    private(set) var bytes: [UInt8] = []
    private(set) var entries: [Entry] = []

    /// Whether it is carried out as a whole or not at all: nftables.
    var isTransaction = false

    /// An empty batch.
    public init() { bytes.reserveCapacity(1024) }

    /// The number of messages.
    public var count: Int { entries.count }
    /// Whether there is no message.
    public var isEmpty: Bool { entries.isEmpty }
    /// The bytes that all messages take.
    public var byteCount: Int { bytes.count }

    /// Adds a message.
    ///
    /// - Parameters:
    ///   - type: the message type, `RTM_NEWLINK`.
    ///   - flags: flags besides `NLM_F_REQUEST` and `NLM_F_ACK`.
    ///   - acknowledged: whether the kernel confirms it; an error comes in any case.
    ///   - tolerated: error numbers that are not an error here: `EEXIST` where it may be there already.
    ///   - wanted: what it does, as a clause for the error: `cannot ` is put before it.
    ///   - subject: the link, address or table that it is about.
    ///   - body: writes the family's header and the attributes.
    public mutating func message(
        type: Int,
        flags: Int32 = 0,
        acknowledged: Bool = true,
        tolerated: [Int32] = [],
        _ wanted: String,
        subject: String,
        _ body: (inout NetlinkBatch) -> Void
    ) {
        let offset = bytes.count
        entries.append(
            Entry(
                offset: offset,
                wanted: wanted,
                subject: subject,
                acknowledged: acknowledged,
                tolerated: tolerated
            )
        )
        append(UInt32(0))
        append(UInt16(type))
        append(UInt16(truncatingIfNeeded: flags | NLM_F_REQUEST | (acknowledged ? NLM_F_ACK : 0)))
        append(UInt32(0))
        append(UInt32(0))
        body(&self)
        pad()
        put(UInt32(bytes.count - offset), at: offset)
    }

    /// The family's own header: the bytes of a C struct.
    public mutating func header<Header: BitwiseCopyable>(_ value: Header) {
        withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
        pad()
    }

    /// An attribute of raw bytes.
    public mutating func attribute(_ type: Int, bytes value: some Collection<UInt8>) {
        append(UInt16(4 + value.count))
        append(UInt16(type))
        bytes.append(contentsOf: value)
        pad()
    }

    /// An attribute of a number in host order.
    public mutating func attribute(_ type: Int, _ value: some FixedWidthInteger) {
        append(UInt16(4 + value.bitWidth / 8))
        append(UInt16(type))
        append(value)
        pad()
    }

    /// An attribute of a number in network order.
    public mutating func attribute(_ type: Int, bigEndian value: some FixedWidthInteger) {
        attribute(type, value.bigEndian)
    }

    /// An attribute of text with a NUL at its end.
    public mutating func attribute(_ type: Int, text: String) {
        append(UInt16(4 + text.utf8.count + 1))
        append(UInt16(type))
        bytes.append(contentsOf: text.utf8)
        bytes.append(0)
        pad()
    }

    /// An attribute that holds attributes; marked as nested, which nftables insists on.
    public mutating func nest(_ type: Int, _ body: (inout NetlinkBatch) -> Void) {
        let offset = bytes.count
        append(UInt16(0))
        append(UInt16(type) | UInt16(NLA_F_NESTED))
        body(&self)
        put(UInt16(bytes.count - offset), at: offset)
    }

    /// The bytes of messages `range`, numbered from `sequence` on.
    func numbered(_ range: Range<Int>, from sequence: UInt32) -> [UInt8] {
        guard let first = range.first else { return [] }
        let start = entries[first].offset
        let end = range.upperBound < entries.count ? entries[range.upperBound].offset : bytes.count
        var part = NetlinkBatch()
        part.bytes = Array(bytes[start..<end])
        for (place, index) in range.enumerated() {
            part.put(sequence &+ UInt32(place), at: entries[index].offset - start + 8)
        }
        return part.bytes
    }

    mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
    }

    private mutating func put(_ value: some FixedWidthInteger, at offset: Int) {
        withUnsafeBytes(of: value) { source in
            for (place, byte) in source.enumerated() { bytes[offset + place] = byte }
        }
    }

    private mutating func pad() {
        while bytes.count % 4 != 0 { bytes.append(0) }
    }
}
