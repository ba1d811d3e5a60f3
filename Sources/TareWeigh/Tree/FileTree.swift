/// The entries of one subject, sorted by path: what every reader produces and the ownership pass consumes.
struct FileTree: Sendable {
    let nodes: [FileNode]
    /// Index of a path.
    let index: [String: Int]

    init(_ unsorted: [FileNode]) {
        let sorted = unsorted.sorted { $0.path < $1.path }
        nodes = sorted
        var index: [String: Int] = [:]
        index.reserveCapacity(sorted.count)
        for (position, node) in sorted.enumerated() { index[node.path] = position }
        self.index = index
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
}
