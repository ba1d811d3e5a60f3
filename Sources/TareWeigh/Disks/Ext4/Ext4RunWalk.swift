import TareCore

/// One pass over the block map of one inode.
struct Ext4RunWalk {
    private let volume: Ext4Volume
    private let inode: Ext4Inode
    /// Number of blocks that the file's size covers.
    private let limit: UInt64
    /// The first place in the file that no run has reached yet.
    private var next: UInt64 = 0
    private var given: UInt64 = 0
    private var used: Set<UInt64> = []
    /// A run that may still grow.
    private var pending: Ext4Run?

    var name: String { "inode \(inode.number)" }

    init(volume: Ext4Volume, inode: Ext4Inode, limit: UInt64) {
        self.volume = volume
        self.inode = inode
        self.limit = limit
    }

    /// Walks one node of an extent tree; `depth` is what its parent promises, `below` where its parent's next begins.
    mutating func extents(
        _ node: Fields,
        depth promised: UInt16?,
        below end: UInt64,
        _ body: (Ext4Run) throws(TareError) -> Void
    ) throws(TareError) {
        let count = Int(try node.little(2, as: UInt16.self))
        let depth = try node.little(6, as: UInt16.self)
        guard try node.little(0, as: UInt16.self) == 0xF30A else { throw node.corrupt("a node has no extent magic") }
        guard depth <= 5, promised == nil || depth == promised else {
            throw node.corrupt("a depth of \(depth) cannot be")
        }
        guard count <= (node.bytes.count - 12) / 12 else { throw node.corrupt("\(count) entries do not fit") }
        for entry in 0..<count {
            let at = 12 + entry * 12
            let logical = UInt64(try node.little(at, as: UInt32.self))
            guard logical >= next, logical < end else {
                throw node.corrupt("the extent of block \(logical) is not in order")
            }
            if depth == 0 {
                try leaf(node, at, logical, end, body)
                continue
            }
            let child =
                UInt64(try node.little(at + 4, as: UInt32.self))
                | UInt64(try node.little(at + 8, as: UInt16.self)) << 32
            guard used.insert(child).inserted else { throw node.corrupt("block \(child) is used twice, as in a loop") }
            let stop = entry + 1 < count ? UInt64(try node.little(at + 12, as: UInt32.self)) : end
            next = logical
            try extents(
                try volume.block(child, what: "the extents of \(name)"), depth: depth - 1, below: min(stop, end), body)
        }
    }

    private mutating func leaf(
        _ node: Fields,
        _ at: Int,
        _ logical: UInt64,
        _ end: UInt64,
        _ body: (Ext4Run) throws(TareError) -> Void
    ) throws(TareError) {
        let length = UInt64(try node.little(at + 4, as: UInt16.self))
        // Above 32768 blocks are reserved but not written: they read as zeros, like a hole.
        let isWritten = length <= 32768
        let count = isWritten ? length : length - 32768
        let physical =
            UInt64(try node.little(at + 8, as: UInt32.self))
            | UInt64(try node.little(at + 6, as: UInt16.self)) << 32
        guard count > 0, logical + count <= end else {
            throw node.corrupt("\(count) blocks from \(logical) do not fit before \(end)")
        }
        next = logical + count
        if isWritten { try give(Ext4Run(logical: logical, physical: physical, count: count), body) }
    }

    /// Walks twelve direct pointers and three trees of pointers.
    mutating func pointers(_ body: (Ext4Run) throws(TareError) -> Void) throws(TareError) {
        for place in 0..<12 {
            try pointer(UInt64(try inode.fields.little(0x28 + place * 4, as: UInt32.self)), level: 0, body)
        }
        for level in 1...3 {
            guard next < limit else { return }
            let root = UInt64(try inode.fields.little(0x28 + (11 + level) * 4, as: UInt32.self))
            try pointer(root, level: level, body)
        }
    }

    private mutating func pointer(
        _ block: UInt64,
        level: Int,
        _ body: (Ext4Run) throws(TareError) -> Void
    ) throws(TareError) {
        guard next < limit else { return }
        let perBlock = UInt64(volume.superblock.blockSize / 4)
        var covered: UInt64 = 1
        for _ in 0..<level { covered *= perBlock }
        if block == 0 {
            next += covered
            return
        }
        if level == 0 {
            try give(Ext4Run(logical: next, physical: block, count: 1), body)
            next += 1
            return
        }
        guard used.insert(block).inserted else {
            throw .corrupt(volume.subject, "the map of \(name): block \(block) is used twice, as in a loop")
        }
        let node = try volume.block(block, what: "the map of \(name)")
        for place in 0..<Int(perBlock) {
            guard next < limit else { return }
            try pointer(UInt64(try node.little(place * 4, as: UInt32.self)), level: level - 1, body)
        }
    }

    /// Hands on what is before the file's end, joined with its neighbour.
    private mutating func give(
        _ run: Ext4Run,
        _ body: (Ext4Run) throws(TareError) -> Void
    ) throws(TareError) {
        guard run.logical < limit else { return }
        var run = run
        run.count = min(run.count, limit - run.logical)
        let blocks = volume.superblock.blockCount
        guard run.physical > 0, run.physical < blocks, run.count <= blocks - run.physical else {
            throw .corrupt(
                volume.subject, "\(name): \(run.count) blocks at block \(run.physical) are outside the file system")
        }
        given += run.count
        guard given <= blocks else {
            throw .corrupt(volume.subject, "\(name) has more blocks than the file system")
        }
        if let last = pending {
            if last.logical + last.count == run.logical, last.physical + last.count == run.physical {
                pending = Ext4Run(logical: last.logical, physical: last.physical, count: last.count + run.count)
                return
            }
            try body(last)
        }
        pending = run
    }

    /// Hands the last run on.
    mutating func finish(_ body: (Ext4Run) throws(TareError) -> Void) throws(TareError) {
        if let last = pending { try body(last) }
        pending = nil
    }
}
