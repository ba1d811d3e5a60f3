import TareCore

/// Walks all directories of a volume, each once.
struct Ext4Tree {
    private let volume: Ext4Volume
    private var budget: TreeBudget
    /// Directory blocks that are left to read: all together are less than the volume, and than what the entries that
    /// a tree may have could fill.
    private var blocksLeft: UInt64
    private var seen: [UInt32: Int] = [:]
    /// Nodes whose inode has more names than one.
    private var shared: Set<UInt32> = []
    private var nodes: [FileNode] = []
    /// Bytes of the blocks of all inodes that the walk has met.
    private var owned: Int64 = 0

    /// The longest path; Linux hands out none longer, and it bounds the walk of a hostile image.
    static let maximumPath = 4096

    init(_ volume: Ext4Volume) {
        self.volume = volume
        budget = TreeBudget(volume.subject)
        blocksLeft = min(volume.superblock.blockCount, (8 << 30) / UInt64(volume.superblock.blockSize))
    }

    /// The entries and the volume's own figures.
    consuming func read() throws(TareError) -> FileTree {
        let root = try volume.inode(2)
        guard root.isDirectory else { throw root.fields.corrupt("the root is not a directory") }
        nodes.append(
            FileNode(path: "/", kind: .directory, mode: root.mode, size: 0, allocated: root.allocated, source: 2))
        seen[2] = 0
        owned = root.allocated
        var pending: [(Ext4Inode, String)] = [(root, "")]
        while let (directory, path) = pending.popLast() {
            var found: [(UInt32, String)] = []
            let left = blocksLeft
            var spent: UInt64 = 0
            try volume.entries(
                of: directory,
                spend: { (count) throws(TareError) in
                    spent += count
                    guard spent <= left else {
                        throw .corrupt(volume.subject, "its directories have more blocks than they can have")
                    }
                },
                { (inode, name) throws(TareError) in
                    let full = path + "/" + EntryName.text(name)
                    guard full.utf8.count <= Self.maximumPath else {
                        throw .corrupt(volume.subject, "a path below inode \(directory.number) is too long")
                    }
                    try budget.spend(path: full.utf8.count)
                    found.append((inode, full))
                })
            blocksLeft -= spent
            for (number, path) in found { try add(number, path, &pending) }
        }
        for place in nodes.indices where shared.contains(UInt32(nodes[place].source)) {
            if nodes[place].kind == .regular { nodes[place].link = Int(nodes[place].source) }
        }
        let block = Int64(volume.superblock.blockSize)
        let used = Int64(volume.superblock.blockCount - volume.superblock.freeBlocks) * block
        return FileTree(
            nodes,
            virtual: volume.device.length,
            hostAllocated: volume.device.hostAllocated,
            metadata: max(0, used - owned),
            owned: owned
        )
    }

    private mutating func add(
        _ number: UInt32,
        _ path: String,
        _ pending: inout [(Ext4Inode, String)]
    ) throws(TareError) {
        if let first = seen[number] {
            // One more name of a known inode: its facts are those of the first.
            guard nodes[first].kind != .directory else {
                throw .corrupt(volume.subject, "directory \(number) has two names, as in a loop: \(path)")
            }
            shared.insert(number)
            var node = nodes[first]
            node.path = path
            nodes.append(node)
            return
        }
        let inode = try volume.inode(number)
        var node = FileNode(
            path: path, kind: .other, mode: inode.mode, size: 0, allocated: inode.allocated, source: UInt64(number))
        if inode.isDirectory {
            node.kind = .directory
            pending.append((inode, path))
        } else if inode.isRegular {
            node.kind = .regular
            node.size = inode.size
            if inode.links > 1 { shared.insert(number) }
        } else if inode.isLink {
            node.kind = .symlink
            node.target = EntryName.text(try volume.target(of: inode))
        }
        seen[number] = nodes.count
        let (sum, overflow) = owned.addingReportingOverflow(inode.allocated)
        guard !overflow else { throw inode.fields.corrupt("its blocks are more than can be counted") }
        owned = sum
        nodes.append(node)
    }
}
