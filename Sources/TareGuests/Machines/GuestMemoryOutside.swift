import TareCore
import TareLinux

/// A guest's memory as the host sees it: QEMU's address ranges, its RAM apart.
public struct GuestMemoryOutside: Encodable, Sendable, Hashable {
    /// Resident pages of the guest's RAM: what it has touched, and nothing gives back.
    public var touched: ByteCount
    /// Pages of it that are shared with others (KSM, a template).
    public var shared: ByteCount
    /// The rest of QEMU, proportionally; an emulator's, where the guest is emulated, which no monitor of virtual machines has.
    public var rest: ByteCount

    enum CodingKeys: String, CodingKey {
        case touched = "touched_bytes"
        case shared = "shared_bytes"
        case rest = "rest_pss_bytes"
    }

    /// Reads `/proc/PID/smaps`; some milliseconds.
    ///
    /// - Parameters:
    ///   - process: QEMU's.
    ///   - blocks: the sizes of the guest's RAM blocks: its memory, or that of each node.
    /// - Throws: `notFound` where the process is gone; `internal` where no range is as long as the RAM.
    public init(process: Int32, blocks: [ByteCount]) throws(TareError) {
        try self.init(smaps: try FileReading.text(at: "/proc/\(process)/smaps"), blocks: blocks)
    }

    /// Reads the text of smaps; RAM is the anonymous ranges of exactly the sizes asked for.
    init(smaps: String, blocks: [ByteCount]) throws(TareError) {
        var missing = blocks.map(\.bytes)
        touched = .zero
        shared = .zero
        rest = .zero
        var isRAM = false
        for line in smaps.utf8.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 6)
            guard let first = words.first.flatMap({ String($0) }) else { continue }
            if !first.hasSuffix(":") {
                let ends = first.split(separator: "-").compactMap { Int64($0, radix: 16) }
                let length = ends.count == 2 ? ends[1] - ends[0] : 0
                let at = words.count <= 5 ? missing.firstIndex(of: length) : nil
                if let at { missing.remove(at: at) }
                isRAM = at != nil
                continue
            }
            guard words.count > 1, let amount = Int64(String(words[1]) ?? "") else { continue }
            switch (first, isRAM) {
            case ("Rss:", true): touched += .kibibytes(amount)
            case ("Shared_Clean:", true), ("Shared_Dirty:", true): shared += .kibibytes(amount)
            case ("Pss:", false): rest += .kibibytes(amount)
            default: break
            }
        }
        guard missing.isEmpty else {
            throw TareError(.internal, subject: "smaps", "no range of QEMU's memory is as long as the guest's")
        }
    }
}
