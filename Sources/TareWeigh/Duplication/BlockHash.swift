import CCrypto
import TareCore
import TareLinux

/// Hashes a file's blocks, and the file by the digests of its blocks, so that every byte is hashed once.
///
/// It calls SHA-256 directly: through libcrypto's general interface, which fetches and checks for each digest, a block of
/// 4 KiB costs twice the time of its hashing.
struct BlockHash: ~Copyable {
    private let context = UnsafeMutablePointer<SHA256_CTX>.allocate(capacity: 1)
    private let whole = UnsafeMutablePointer<SHA256_CTX>.allocate(capacity: 1)
    private let partial = UnsafeMutableRawBufferPointer.allocate(byteCount: Duplication.block, alignment: 64)
    private let digest = UnsafeMutablePointer<UInt64>.allocate(capacity: 4)
    private var filled = 0
    private(set) var length: Int64 = 0

    init() { SHA256_Init(whole) }

    deinit {
        context.deallocate()
        whole.deallocate()
        partial.deallocate()
        digest.deallocate()
    }

    /// Adds bytes; `body` gets the first half of each full block's digest and its length.
    mutating func add(_ bytes: UnsafeRawBufferPointer, _ body: (UInt64, UInt64, Int64) -> Void) {
        var rest = bytes
        length += Int64(bytes.count)
        if filled > 0 {
            let count = min(Duplication.block - filled, rest.count)
            UnsafeMutableRawBufferPointer(rebasing: partial[filled...]).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
            filled += count
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            guard filled == Duplication.block else { return }
            filled = 0
            hash(UnsafeRawBufferPointer(partial), body)
        }
        while rest.count >= Duplication.block {
            hash(UnsafeRawBufferPointer(rebasing: rest[..<Duplication.block]), body)
            rest = UnsafeRawBufferPointer(rebasing: rest[Duplication.block...])
        }
        if !rest.isEmpty {
            partial.copyMemory(from: rest)
            filled = rest.count
        }
    }

    /// Ends the file: the last block, and the first half of the digest over all blocks' digests.
    mutating func finish(_ body: (UInt64, UInt64, Int64) -> Void) -> (UInt64, UInt64) {
        if filled > 0 {
            hash(UnsafeRawBufferPointer(rebasing: partial[..<filled]), body)
            filled = 0
        }
        length = 0
        digest.withMemoryRebound(to: UInt8.self, capacity: 32) { _ = SHA256_Final($0, whole) }
        SHA256_Init(whole)
        return (digest[0], digest[1])
    }

    private mutating func hash(_ block: UnsafeRawBufferPointer, _ body: (UInt64, UInt64, Int64) -> Void) {
        SHA256_Init(context)
        SHA256_Update(context, block.baseAddress, block.count)
        digest.withMemoryRebound(to: UInt8.self, capacity: 32) { _ = SHA256_Final($0, context) }
        SHA256_Update(whole, digest, 32)
        body(digest[0], digest[1], Int64(block.count))
    }
}
