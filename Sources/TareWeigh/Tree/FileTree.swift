/// The entries of one subject, sorted by path: what every reader produces and the ownership pass consumes.
struct FileTree: Sendable {
    let nodes: [FileNode]
    /// Finds an entry by its path.
    let index: PathIndex
    /// The size of the volume; `nil` where there is none, as for directories and images.
    var virtual: Int64?
    /// Bytes of the blocks that the disk's file or the image's store takes on the host; `nil` for a directory, whose
    /// entries say it.
    var hostAllocated: Int64?
    /// Bytes of the file system's own blocks inside the volume: inode tables, bitmaps, journal.
    var metadata: Int64
    /// Bytes of the blocks of all entries inside the volume; `nil` where there is none.
    var owned: Int64?
    /// Compressed bytes that the subject brings along; `nil` where they must be counted.
    var wire: Int64?
    /// The layers, lowest first; empty where there are none.
    var layers: [TreeLayer]

    init(
        _ unsorted: [FileNode],
        virtual: Int64? = nil,
        hostAllocated: Int64? = nil,
        metadata: Int64 = 0,
        owned: Int64? = nil,
        wire: Int64? = nil,
        layers: [TreeLayer] = []
    ) {
        nodes = PathOrder.sorted(unsorted)
        index = PathIndex(nodes)
        self.virtual = virtual
        self.hostAllocated = hostAllocated
        self.metadata = metadata
        self.owned = owned
        self.wire = wire
        self.layers = layers
    }

    /// Bytes that the host holds for the file system itself: all of a disk's that are no entry's.
    ///
    /// Inode tables that nobody has written yet take no room on the host, and a disk format's own tables do. A host that
    /// shares or compresses blocks holds less than the entries have; then it is the volume's own figure.
    var metadataOnHost: Int64 {
        guard let hostAllocated, let owned, hostAllocated >= owned else { return metadata }
        return hostAllocated - owned
    }

    /// The entry at `path` after the directory links on the way (`/bin/ls` where `/bin` leads to `usr/bin`).
    ///
    /// A loop of links ends after 40 of them, as in the kernel.
    func resolve(_ path: String) -> Int? {
        if let direct = index[path] { return direct }
        var pending = path.split(separator: "/").map(String.init)[...]
        var done: [String] = []
        var links = 0
        while let part = pending.popFirst() {
            if part == "." { continue }
            if part == ".." {
                _ = done.popLast()
                continue
            }
            let here = "/" + (done + [part]).joined(separator: "/")
            if !pending.isEmpty, let at = index[here], let target = nodes[at].target, nodes[at].kind == .symlink {
                links += 1
                if links > 40 { return nil }
                if target.hasPrefix("/") { done = [] }
                pending = target.split(separator: "/").map(String.init)[...] + pending
            } else {
                done.append(part)
            }
        }
        return index["/" + done.joined(separator: "/")]
    }

    /// The regular file at `path`, through links of its own too.
    func file(_ path: String) -> Int? {
        var path = path
        for _ in 0..<40 {
            guard let at = resolve(path) else { return nil }
            let node = nodes[at]
            if node.kind == .regular { return at }
            guard node.kind == .symlink, let target = node.target else { return nil }
            let parent = node.path.split(separator: "/").dropLast().joined(separator: "/")
            path = target.hasPrefix("/") ? target : "/" + parent + "/" + target
        }
        return nil
    }
}
