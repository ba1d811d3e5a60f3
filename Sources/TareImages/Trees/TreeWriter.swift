import Glibc
import TareCore
import TareLinux

/// Writes entries of open folders into one archive; further names of a file become links to the first.
final class TreeWriter {
    private struct Identity: Hashable {
        var device: dev_t
        var inode: ino_t
    }

    private let output: any ByteOutput
    private let tar: TarWriter
    private let members: LayerWriter
    private var links: [Identity: [UInt8]] = [:]

    init(_ output: any ByteOutput) throws(TareError) {
        self.output = output
        tar = TarWriter(output)
        members = LayerWriter(
            tree: try LayerRoot("/"), changes: LayerChanges(), options: LayerOptions(compression: .none))
    }

    /// Adds all entries of a folder, sorted by name, so that the same tree gives the same bytes.
    func addAll(in folder: borrowing OwnedFileDescriptor, below path: [UInt8]) throws(TareError) {
        let names = try TreeRemoval.names(in: folder).sorted { $0.lexicographicallyPrecedes($1) }
        for name in names {
            // What went away meanwhile is not there: a running container's files come and go.
            guard let facts = LayerRoot.look(folder.raw, name) else { continue }
            try add(name, facts, in: folder.raw, as: path.isEmpty ? name : path + [47] + name)
        }
    }

    /// Adds one entry with all that is in it.
    func add(_ name: [UInt8], _ facts: stat, in folder: Int32, as path: [UInt8]) throws(TareError) {
        let kind = facts.st_mode & S_IFMT
        if kind == S_IFSOCK { return }
        var entry = try members.entry(path, facts)
        if facts.st_nlink > 1, kind != S_IFDIR {
            let identity = Identity(device: facts.st_dev, inode: facts.st_ino)
            if let first = links[identity] {
                entry.kind = .hardLink
                entry.target = first
                return try tar.begin(entry)
            }
            links[identity] = path
        }
        entry.attributes = members.attributes(
            try FileAttributes.list(name, in: folder, subject: String(decoding: path, as: UTF8.self)))
        if kind == S_IFLNK { entry.target = try LayerWriter.target(name, in: folder) }
        if kind == S_IFDIR {
            let inner = try TreeCopy.open(name, in: folder, O_RDONLY | O_DIRECTORY, path)
            try tar.begin(entry)
            return try addAll(in: inner, below: path)
        }
        guard kind == S_IFREG, entry.size > 0 else { return try tar.begin(entry) }
        let file = try TreeCopy.open(name, in: folder, O_RDONLY, path)
        // The length of what is open now, not of what was seen before.
        entry.size = try file.length()
        try tar.begin(entry)
        if entry.size > 0 { try members.contents(file, entry.size, tar) }
    }

    func finish() throws(TareError) {
        try tar.finish()
        try output.finish()
    }
}
