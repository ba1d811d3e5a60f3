import Glibc
import TareCore
import TareLinux

/// The files of one container as the host sees them: its root, and its volumes and binds at their places.
///
/// Paths are resolved as the container would: a link leads to where it would lead there, and never out of its root. What a
/// container mounts itself, and memory, is not seen.
public struct ContainerTree: Sendable {
    let root: RootedTree
    /// Volumes and binds by their places, longest first.
    let mounts: [(destination: String, tree: RootedTree)]

    /// A place in the container.
    ///
    /// - Parameter path: from its root; one that ends in `/` or `/.` means what is in the folder.
    /// - Returns: the place, whose entry need not be there.
    /// - Throws: `notFound` where the folder of it is not there.
    public func place(_ path: String) throws(TareError) -> TreePlace {
        let whole = path.hasPrefix("/") ? path : "/" + path
        for (destination, tree) in mounts where whole == destination || whole.hasPrefix(destination + "/") {
            let rest = String(whole.dropFirst(destination.utf8.count))
            // The mounted folder itself has no name in it: its content is what is meant.
            let inner = rest.isEmpty ? "/" : rest
            return try TreePlace(inner) { (folder) throws(TareError) in try tree.open(folder, O_RDONLY | O_DIRECTORY) }
        }
        return try TreePlace(whole) { (folder) throws(TareError) in try root.open(folder, O_RDONLY | O_DIRECTORY) }
    }
}
