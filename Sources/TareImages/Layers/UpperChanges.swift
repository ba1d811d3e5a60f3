import CTareLinux
import Glibc
import TareCore
import TareLinux

/// Reads the changes out of an overlay's upper folder, where overlay has written them down.
enum UpperChanges {
    /// The changes in the folder `upper`.
    ///
    /// - Complexity: O(entries in it).
    static func read(_ upper: String) throws(TareError) -> LayerChanges {
        var changes = LayerChanges()
        let root = try OwnedFileDescriptor(opening: upper, O_RDONLY | O_DIRECTORY)
        if isOpaque(root.raw) { changes.addOpaque([]) }
        try walk(root, [], &changes)
        changes.completeLinks()
        return changes
    }

    private static func walk(
        _ folder: borrowing OwnedFileDescriptor, _ path: [UInt8], _ changes: inout LayerChanges
    ) throws(TareError) {
        for name in try TreeRemoval.names(in: folder) {
            guard let facts = LayerRoot.look(folder.raw, name) else { continue }
            let below = path.isEmpty ? name : path + [47] + name
            let kind = facts.st_mode & S_IFMT
            if kind == S_IFSOCK { continue }
            if kind == S_IFCHR, facts.st_rdev == 0 {
                changes.add(below, .whiteout)
                continue
            }
            changes.add(below, .entry)
            changes.note(facts, below)
            guard kind == S_IFDIR else { continue }
            let inner = try TreeCopy.open(name, in: folder.raw, O_RDONLY | O_DIRECTORY, below)
            if isOpaque(inner.raw) { changes.addOpaque(below) }
            try walk(inner, below, &changes)
        }
    }

    private static func isOpaque(_ folder: Int32) -> Bool {
        var value: UInt8 = 0
        return tare_fd_attribute_value(folder, "trusted.overlay.opaque", &value, 1) == 1 && value == UInt8(ascii: "y")
    }
}
