import TareCore

extension Ext4Volume {
    /// Streams an inode's bytes from first to last in pieces of at most 1 MiB; holes are zeros.
    func stream(
        _ inode: Ext4Inode,
        _ body: (UnsafeRawBufferPointer) throws(TareError) -> Void
    ) throws(TareError) {
        if inode.isInline {
            let bytes = try inlineData(inode)
            guard inode.size <= Int64(bytes.count) else {
                throw inode.fields.corrupt("\(inode.size) bytes are not inside the inode")
            }
            let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 8)
            defer { piece.deallocate() }
            piece.copyBytes(from: bytes)
            if inode.size > 0 { try body(UnsafeRawBufferPointer(rebasing: piece[..<Int(inode.size)])) }
            return
        }
        let size = Int64(superblock.blockSize)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        defer { buffer.deallocate() }
        var position: Int64 = 0
        try runs(of: inode) { (run) throws(TareError) in
            let start = Int64(run.logical) * size
            try Self.zeros(start - position, buffer, body)
            position = start
            let end = min(inode.size, start + Int64(run.count) * size)
            var source = Int64(run.physical) * size
            while position < end {
                let piece = UnsafeMutableRawBufferPointer(
                    rebasing: buffer[..<Int(min(Int64(buffer.count), end - position))])
                try device.read(into: piece, at: source)
                try body(UnsafeRawBufferPointer(piece))
                position += Int64(piece.count)
                source += Int64(piece.count)
            }
        }
        try Self.zeros(inode.size - position, buffer, body)
    }

    private static func zeros(
        _ count: Int64,
        _ buffer: UnsafeMutableRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) throws(TareError) -> Void
    ) throws(TareError) {
        guard count > 0 else { return }
        let cleared = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(min(Int64(buffer.count), count))])
        _ = cleared.initializeMemory(as: UInt8.self, repeating: 0)
        var left = count
        while left > 0 {
            let piece = UnsafeRawBufferPointer(rebasing: cleared[..<Int(min(Int64(cleared.count), left))])
            try body(piece)
            left -= Int64(piece.count)
        }
    }

    /// A symbolic link's target: inside the inode where it is short, else in one block.
    func target(of inode: Ext4Inode) throws(TareError) -> [UInt8] {
        guard inode.size > 0, inode.size <= Int64(superblock.blockSize) else {
            throw inode.fields.corrupt("a link's target of \(inode.size) bytes cannot be")
        }
        if inode.size < 60, !inode.hasExtents, !inode.isInline {
            return Array(try inode.fields.slice(0x28, Int(inode.size)))
        }
        var target: [UInt8] = []
        try stream(inode) { (piece) throws(TareError) in target.append(contentsOf: piece) }
        return target
    }

    /// The bytes that an inode holds itself: 60 in place of the map, the rest in the attribute `system.data`.
    func inlineData(_ inode: Ext4Inode) throws(TareError) -> [UInt8] {
        var bytes = Array(try inode.fields.slice(0x28, 60))
        if let more = try inlineAttribute(inode) { bytes += more }
        return bytes
    }

    /// The value of the attribute `system.data` inside the inode.
    func inlineAttribute(_ inode: Ext4Inode) throws(TareError) -> [UInt8]? {
        let fields = inode.fields
        guard superblock.inodeSize > 128 else { return nil }
        let start = 128 + Int(try fields.little(128, as: UInt16.self))
        guard start + 4 <= superblock.inodeSize, try fields.little(start, as: UInt32.self) == 0xEA02_0000 else {
            return nil
        }
        let first = start + 4
        var place = first
        while place + 16 <= superblock.inodeSize, try fields.little(place, as: UInt32.self) != 0 {
            let length = Int(try fields.little(place, as: UInt8.self))
            let index = try fields.little(place + 1, as: UInt8.self)
            if index == 7, Array(try fields.slice(place + 16, length)) == Array("data".utf8) {
                guard try fields.little(place + 4, as: UInt32.self) == 0 else {
                    throw fields.corrupt("its inline data are in another inode")
                }
                let offset = Int(try fields.little(place + 2, as: UInt16.self))
                let size = Int(try fields.little(place + 8, as: UInt32.self))
                return size == 0 ? [] : Array(try fields.slice(first + offset, size))
            }
            place += 16 + (length + 3) / 4 * 4
        }
        return nil
    }
}
