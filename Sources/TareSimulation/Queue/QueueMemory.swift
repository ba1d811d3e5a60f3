import CTareLinux

/// Where the kernel's own buffers come from: on cache lines, and on huge pages where they are large.
@usableFromInline
enum QueueMemory {
    /// From this many bytes on a buffer asks for huge pages.
    @inlinable static var hugeFrom: Int { 4 << 20 }

    /// Uninitialised memory for `capacity` elements; the caller deallocates it.
    @inlinable
    static func allocate<Element>(_ capacity: Int, of _: Element.Type = Element.self) -> UnsafeMutablePointer<Element> {
        let bytes = max(1, capacity) * MemoryLayout<Element>.stride
        guard bytes >= hugeFrom else {
            return UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
                .bindMemory(to: Element.self, capacity: capacity)
        }
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 2 << 20)
        tare_advise_huge(memory, bytes)
        return memory.bindMemory(to: Element.self, capacity: capacity)
    }
}
