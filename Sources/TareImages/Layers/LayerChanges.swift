import Glibc
import TareCore
import TareLinux

/// What a tree changes against the one below, as members of a layer.
struct LayerChanges {
    /// What happens at a path.
    enum Kind {
        /// The entry is there as it is in the tree.
        case entry
        /// What is below goes away.
        case whiteout
    }

    /// The changes by path; each folder above one is there too.
    private(set) var kinds: [[UInt8]: Kind] = [:]
    /// Folders that show nothing of what is below.
    private(set) var opaque: Set<[UInt8]> = []
    /// The names of each file that has several in the tree, sorted, by its inode.
    private(set) var links: [ino_t: [[UInt8]]] = [:]

    /// The order of members: folders before what is in them, names by their bytes.
    static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.lexicographicallyPrecedes(right) { ($0 == 47 ? 0 : $0) < ($1 == 47 ? 0 : $1) }
    }

    mutating func add(_ path: [UInt8], _ kind: Kind) {
        kinds[path] = kind
        var above = path
        while !above.isEmpty {
            above = LayerRoot.split(above).folder
            guard !above.isEmpty, kinds[above] == nil else { return }
            kinds[above] = .entry
        }
    }

    mutating func addOpaque(_ path: [UInt8]) { opaque.insert(path) }

    mutating func note(_ facts: stat, _ path: [UInt8]) {
        if facts.st_nlink > 1, facts.st_mode & S_IFMT != S_IFDIR { links[facts.st_ino, default: []].append(path) }
    }

    /// Sorts the names of files, and adds all names of a file that has a changed one: a layer's links stay inside it.
    mutating func completeLinks() {
        for inode in links.keys {
            links[inode]?.sort(by: Self.precedes)
            guard let names = links[inode], names.contains(where: { kinds[$0] == .entry }) else { continue }
            for name in names { add(name, .entry) }
        }
    }

    /// The paths in order.
    var paths: [[UInt8]] { kinds.keys.sorted(by: Self.precedes) }

    var isEmpty: Bool { kinds.isEmpty && opaque.isEmpty }
}
