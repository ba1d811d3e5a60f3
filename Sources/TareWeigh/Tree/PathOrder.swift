/// The order of a tree's entries: name by name from the root, each by its bytes, a folder before what is in it.
///
/// It is the order in which a walk meets them when it takes each folder's names by their bytes, so that a walk need not
/// sort; a slash sorts below all other bytes.
enum PathOrder {
    /// Whether `left` comes before `right`; O(length).
    static func precedes(_ left: String, _ right: String) -> Bool {
        var (left, right) = (left, right)
        return left.withUTF8 { left in
            right.withUTF8 { right in
                let common = min(left.count, right.count)
                var at = 0
                while at < common, left[at] == right[at] { at += 1 }
                guard at < common else { return left.count < right.count }
                if left[at] == 47 || right[at] == 47 { return left[at] == 47 }
                return left[at] < right[at]
            }
        }
    }

    /// The entries in order, sorted only where they are not yet.
    static func sorted(_ nodes: [FileNode]) -> [FileNode] {
        let isSorted = nodes.indices.dropFirst().allSatisfy { !precedes(nodes[$0].path, nodes[$0 - 1].path) }
        return isSorted ? nodes : nodes.sorted { precedes($0.path, $1.path) }
    }
}
