import Glibc
import TareCore
import TareLinux

/// Where an entry is, in a container or on the host: an open folder, and a name in it that need not be there.
public final class TreePlace: Sendable {
    /// What is at a place.
    public enum Kind: Sendable, Hashable {
        /// Nothing.
        case nothing
        /// A folder, perhaps through a link.
        case folder
        /// Anything else.
        case file
    }

    private let opened: OwnedFileDescriptor
    private let parent: String
    private let opener: @Sendable (String) throws(TareError) -> OwnedFileDescriptor
    /// The name in the folder; `nil` for the folder itself.
    public let name: String?
    /// What is there.
    public let kind: Kind
    /// The path as it was asked for.
    public let path: String

    /// The open folder.
    public var folder: Int32 { opened.raw }

    /// A place below a root, or anywhere on the host.
    ///
    /// - Parameters:
    ///   - path: the path; one that ends in `/` or `/.` means what is in the folder.
    ///   - open: opens a path as a folder.
    /// - Throws: `notFound` where the folder of it is not there.
    init(
        _ path: String,
        open: @escaping @Sendable (String) throws(TareError) -> OwnedFileDescriptor
    ) throws(TareError) {
        self.path = path
        opener = open
        let (folder, name) = Self.split(path)
        parent = folder
        if let name {
            let above = try open(folder)
            var facts = stat()
            if fstatat(above.raw, name, &facts, AT_SYMLINK_NOFOLLOW) != 0 {
                kind = .nothing
            } else if facts.st_mode & S_IFMT == S_IFDIR {
                kind = .folder
            } else {
                kind = .file
            }
            self.name = name
            opened = above
        } else {
            opened = try open(folder)
            self.name = nil
            kind = .folder
        }
    }

    /// A place of the host; a path that does not begin with `/` is one of the working folder's.
    ///
    /// - Throws: `notFound` where the folder of it is not there.
    public convenience init(host path: String) throws(TareError) {
        try self.init(path) { (folder) throws(TareError) in
            try OwnedFileDescriptor(opening: folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY)
        }
    }

    /// Opens what is here as a folder; a link of the last name is followed within the place's own root.
    ///
    /// - Returns: the open folder.
    /// - Throws: `notFound` where there is none.
    public func openFolder() throws(TareError) -> OwnedFileDescriptor {
        guard let name else {
            return try OwnedFileDescriptor(opening: "/proc/self/fd/\(folder)", O_RDONLY | O_DIRECTORY)
        }
        return try opener(parent.isEmpty ? name : PathText.join(parent, name))
    }

    /// The folder and the last name; no name where the path ends in `/`, `.` or `..`.
    static func split(_ path: String) -> (folder: String, name: String?) {
        guard let slash = path.lastIndex(of: "/") else {
            return path == "." || path == ".." || path.isEmpty ? (path, nil) : ("", path)
        }
        let name = String(path[path.index(after: slash)...])
        if name.isEmpty || name == "." || name == ".." { return (path, nil) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
    }
}
