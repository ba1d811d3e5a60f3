import TareCore
import TareDockerfile

/// Every entry that a COPY brings and where each goes; made before anything is written.
struct CopyPlan {
    private(set) var items: [CopyItem] = []

    /// What COPY's flags say of the whole.
    struct Choices {
        /// Relative to the target's root, links followed.
        var destination: String
        /// Whether the destination is a folder, by its spelling or since it is there as one.
        var isFolder: Bool
        var owner: (user: UInt32, group: UInt32)?
        var mode: FileModeChange?
        var excludes: [String] = []
        var keepsParents = false
    }

    let choices: Choices

    init(_ choices: Choices) { self.choices = choices }

    /// Adds what one source names.
    mutating func add(_ source: String, from tree: CopySource) throws(TareError) {
        let excludes = IgnoreRules(patterns: choices.excludes)
        for path in try tree.matches(source) {
            let top = try tree.entry(path, follows: true)
            let parents = choices.keepsParents ? Self.parents(of: path, source) : []
            for parent in parents {
                add(try tree.entry(parent.path, follows: true), at: inside(parent.relative), keepsExisting: true)
            }
            let relative = choices.keepsParents ? Self.relative(path, source) : ""
            if top.isFolder {
                let base = choices.keepsParents ? inside(relative) : choices.destination
                add(top, at: base, keepsExisting: true)
                for entry in try tree.descendants(of: path, leavingOut: excludes) {
                    let inner = path.isEmpty ? entry.path : entry.path.dropFirst(path.count + 1).description
                    add(entry, at: CopySource.join(base, inner))
                }
            } else if !excludes.ignores(TreeRoot.name(in: path)) {
                let target =
                    choices.keepsParents
                    ? inside(relative) : choices.isFolder ? inside(TreeRoot.name(in: path)) : choices.destination
                add(top, at: target)
            }
        }
    }

    /// Adds a file whose text is known.
    mutating func add(document name: String, size: Int64, digest: Digest) {
        var entry = TreeEntry(path: name, kind: .file, mode: 0o644, user: 0, group: 0)
        entry.size = size
        entry.digest = digest
        add(entry, at: choices.isFolder ? inside(name) : choices.destination)
    }

    private func inside(_ name: String) -> String { CopySource.join(choices.destination, name) }

    private mutating func add(_ entry: TreeEntry, at target: String, keepsExisting: Bool = false) {
        var entry = entry
        if let owner = choices.owner { (entry.user, entry.group) = owner }
        if let mode = choices.mode {
            switch entry.kind {
            case .link: break
            default: entry.mode = mode.applied(to: entry.mode, isFolder: entry.isFolder)
            }
        }
        items.append(CopyItem(entry: entry, target: target, keepsExisting: keepsExisting))
    }

    /// The path that `--parents` keeps: all of it, or what comes behind `/./` in the source.
    private static func relative(_ path: String, _ source: String) -> String {
        guard let pivot = source.firstRange(of: "/./") else { return path }
        let depth = source[..<pivot.lowerBound].split(separator: "/").filter { $0 != "." }.count
        return path.split(separator: "/").dropFirst(depth).joined(separator: "/")
    }

    private static func parents(of path: String, _ source: String) -> [(path: String, relative: String)] {
        let relative = relative(path, source).split(separator: "/")
        let dropped = path.split(separator: "/").prefix(path.split(separator: "/").count - relative.count)
        return (1..<max(1, relative.count)).map { count in
            ((dropped + relative.prefix(count)).joined(separator: "/"), relative.prefix(count).joined(separator: "/"))
        }
    }
}

extension String {
    /// Where `text` first is; FoundationEssentials has no such search.
    fileprivate func firstRange(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
