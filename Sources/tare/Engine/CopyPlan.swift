import Glibc
import TareCore
import TareEngine
import TareImages
import TareLinux

/// Where a copy goes and by which name: the rules of cp(1), as docker has them.
struct CopyPlan: ~Copyable {
    private let source: TreePlace
    private let folder: OwnedFileDescriptor
    private let name: String?

    /// Decides.
    ///
    /// - Parameters:
    ///   - source: what is copied; it is there.
    ///   - target: where to.
    /// - Throws: `invalid` where a folder is to replace a file; `notFound` where the target ends in `/` and is not there.
    init(_ source: TreePlace, to target: TreePlace) throws(TareError) {
        self.source = source
        if let inside = try? Self.folder(target) {
            folder = inside
            // What is in a folder goes into the other one; a folder or file goes there by its own name.
            name = source.name
            return
        }
        guard let wanted = target.name else {
            throw TareError(.notFound, subject: target.path, "there is no such folder")
        }
        if source.kind == .folder, target.kind == .file {
            throw TareError(.invalid, subject: target.path, "cannot copy a folder onto a file")
        }
        if source.name == nil {
            guard mkdirat(target.folder, wanted, 0o755) == 0 else {
                throw .system("cannot make the folder", subject: target.path, errno: errno, writing: true)
            }
            folder = try Self.folder(target)
            name = nil
        } else {
            folder = try OwnedFileDescriptor(opening: "/proc/self/fd/\(target.folder)", O_RDONLY | O_DIRECTORY)
            name = wanted
        }
    }

    /// Copies.
    func run(_ policy: LayerPolicy) throws(TareError) {
        try TreeArchive.copy(source.name, in: source.folder, as: name, into: folder.raw, policy: policy)
    }

    /// A place as an open folder.
    ///
    /// - Throws: `notFound` where it is none.
    static func folder(_ place: TreePlace) throws(TareError) -> OwnedFileDescriptor { try place.openFolder() }
}
