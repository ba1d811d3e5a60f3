import Glibc
import TareCore
import TareProbe

/// What one tree has beyond another: the second layer of an image whose first layer is the other.
///
/// The roots of workloads share the files of their base by hard links, so most entries are told apart without a look at
/// their bytes; others are the same where kind, mode, owner, length and time are.
struct RootDifference {
    /// Paths to take from the upper tree, relative, parents before children.
    private(set) var changed: [String] = []
    /// Paths of the lower tree that the upper one lacks, relative, topmost only.
    private(set) var removed: [String] = []

    /// Compares two trees.
    ///
    /// - Complexity: O(entries of both), one look each.
    /// - Throws: `TareError` with the errno.
    init(from lower: String, to upper: String) throws(TareError) {
        let below = try Self.entries(lower)
        let above = try Self.entries(upper)
        var needed: Set<String> = []
        for (path, facts) in above where !Self.isSame(facts, below[path]) {
            needed.insert(path)
            var parent = path
            while let slash = parent.lastIndex(of: "/") {
                parent = String(parent[..<slash])
                if !needed.insert(parent).inserted { break }
            }
        }
        changed = needed.sorted()
        removed = below.keys.filter { path in
            guard above[path] == nil else { return false }
            guard let slash = path.lastIndex(of: "/") else { return true }
            return above[String(path[..<slash])] != nil
        }
        .sorted()
    }

    private static func isSame(_ one: stat, _ other: stat?) -> Bool {
        guard let other else { return false }
        if one.st_dev == other.st_dev, one.st_ino == other.st_ino { return true }
        guard one.st_mode == other.st_mode, one.st_uid == other.st_uid, one.st_gid == other.st_gid else { return false }
        if one.st_mode & S_IFMT == S_IFDIR { return true }
        return one.st_size == other.st_size && one.st_mtim.tv_sec == other.st_mtim.tv_sec
            && one.st_mtim.tv_nsec == other.st_mtim.tv_nsec
    }

    private static func entries(_ root: String) throws(TareError) -> [String: stat] {
        var found: [String: stat] = [:]
        try TreeWalk.visit(root) { path, facts in if !path.isEmpty { found[path] = facts } }
        return found
    }
}
