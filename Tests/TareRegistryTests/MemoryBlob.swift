import TareCore
import TareLinux
import TareOCI
import TareTestSupport

@testable import TareRegistry

/// A blob in memory, on either side of a transfer.
struct MemoryBlob: BlobReceiver, BlobSource {
    var bytes: [UInt8] = []
    var restarts = 0

    var received: Int64 { Int64(bytes.count) }
    var length: Int64 { Int64(bytes.count) }

    mutating func receive(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }

    mutating func restart() {
        bytes = []
        restarts += 1
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
        let count = min(buffer.count, bytes.count - Int(offset))
        bytes.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[Int(offset)..<Int(offset) + count]))
        }
        return count
    }

    func descriptor(_ type: MediaType = .layerGzip) throws -> Descriptor {
        Descriptor(mediaType: type, digest: try SHA256.digest(of: bytes), size: length)
    }

    /// `count` bytes that differ by seed.
    static func random(_ count: Int, seed: UInt64) -> MemoryBlob {
        var state = seed
        return MemoryBlob(
            bytes: (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            })
    }
}
