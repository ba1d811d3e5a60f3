import Synchronization

/// Buffers for reading files that are used again: to allocate one for each file costs as much as reading a small file.
final class ReadBuffers: Sendable {
    /// Bytes of a buffer.
    static let size = 1 << 18

    /// Addresses of those that nobody uses now.
    private let free = Mutex<[UInt]>([])

    deinit {
        for address in free.withLock({ $0 }) { UnsafeMutableRawPointer(bitPattern: address)?.deallocate() }
    }

    /// A buffer, to be given back; any thread may ask.
    func take() -> UnsafeMutableRawBufferPointer {
        guard let address = free.withLock({ $0.popLast() }), let start = UnsafeMutableRawPointer(bitPattern: address)
        else { return .allocate(byteCount: Self.size, alignment: 4096) }
        return UnsafeMutableRawBufferPointer(start: start, count: Self.size)
    }

    /// Takes a buffer back.
    func give(_ buffer: UnsafeMutableRawBufferPointer) {
        let address = UInt(bitPattern: buffer.baseAddress)
        free.withLock { $0.append(address) }
    }
}
