import TareLinux

/// Brings a path that a package database names to the entry where the file really is, remembering folders.
///
/// On a merged-usr system `/bin/ls` of the database is `/usr/bin/ls` of the tree, since `/bin` is a symbolic link.
struct PathResolver {
    private let tree: FileTree
    private var folders: [String: String?] = [:]

    init(_ tree: FileTree) { self.tree = tree }

    /// The entry at `path`, or `nil` where there is none.
    mutating func entry(_ path: String) -> Int? {
        if let direct = tree.index[path] { return direct }
        let folder = PathText.folder(of: path)
        guard folder != "/" else { return tree.resolve(path) }
        let real: String?
        if let known = folders[folder] {
            real = known
        } else {
            real = tree.resolve(folder + "/.").map { tree.nodes[$0].path }
            folders[folder] = .some(real)
        }
        guard let real else { return nil }
        return tree.index[real + "/" + PathText.name(of: path)]
    }
}
