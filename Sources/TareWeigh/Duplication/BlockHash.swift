import CCrypto
import TareCore
import TareLinux

/// Hashes a file's blocks, and the file by the digests of its blocks, so that every byte is hashed once.
struct BlockHash: ~Copyable {
    private let context: OpaquePointer
    private let whole: OpaquePointer
    private let partial = UnsafeMutableRawBufferPointer.allocate(byteCount: Duplication.block, alignment: 64)
    private let digest = UnsafeMutablePointer<UInt64>.allocate(capacity: 4)
    private var filled = 0
    private(set) var length: Int64 = 0

    init() throws(TareError) {
        guard let context = EVP_MD_CTX_new(), let whole = EVP_MD_CTX_new(),
            EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, EVP_DigestInit_ex(whole, EVP_sha256(), nil) == 1
        else { throw TareError(.exhausted, subject: "SHA-256", "cannot begin a digest: no memory") }
        self.context = context
        self.whole = whole
    }

    deinit {
        EVP_MD_CTX_free(context)
        EVP_MD_CTX_free(whole)
        partial.deallocate()
        digest.deallocate()
    }

    /// Adds bytes; `body` gets the first half of each full block's digest and its length.
    mutating func add(_ bytes: UnsafeRawBufferPointer, _ body: (UInt64, UInt64, Int64) -> Void) throws(TareError) {
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
            try hash(UnsafeRawBufferPointer(partial), body)
        }
        while rest.count >= Duplication.block {
            try hash(UnsafeRawBufferPointer(rebasing: rest[..<Duplication.block]), body)
            rest = UnsafeRawBufferPointer(rebasing: rest[Duplication.block...])
        }
        if !rest.isEmpty {
            partial.copyMemory(from: rest)
            filled = rest.count
        }
    }

    /// Ends the file: the last block, and the first half of the digest over all blocks' digests.
    mutating func finish(_ body: (UInt64, UInt64, Int64) -> Void) throws(TareError) -> (UInt64, UInt64) {
        if filled > 0 {
            try hash(UnsafeRawBufferPointer(rebasing: partial[..<filled]), body)
            filled = 0
        }
        length = 0
        var size: UInt32 = 0
        guard
            EVP_DigestFinal_ex(whole, UnsafeMutableRawPointer(digest).assumingMemoryBound(to: UInt8.self), &size) == 1,
            EVP_DigestInit_ex(whole, nil, nil) == 1
        else { throw failure }
        return (digest[0], digest[1])
    }

    private mutating func hash(
        _ block: UnsafeRawBufferPointer,
        _ body: (UInt64, UInt64, Int64) -> Void
    ) throws(TareError) {
        var size: UInt32 = 0
        guard EVP_DigestUpdate(context, block.baseAddress, block.count) == 1,
            EVP_DigestFinal_ex(context, UnsafeMutableRawPointer(digest).assumingMemoryBound(to: UInt8.self), &size)
                == 1,
            EVP_DigestInit_ex(context, nil, nil) == 1, EVP_DigestUpdate(whole, digest, 32) == 1
        else { throw failure }
        body(digest[0], digest[1], Int64(block.count))
    }

    private var failure: TareError { TareError(.internal, subject: "SHA-256", "the library refused to hash") }
}
