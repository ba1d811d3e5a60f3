import TareCore

/// The file below a qcow2 disk.
struct Qcow2Backing {
    /// As the disk names it.
    var name: String
    /// `raw` or `qcow2`, where the disk says it.
    var format: String?

    /// Opens it; a name without a leading slash is beside the disk above it.
    func open(above path: String, depth: Int) throws(TareError) -> any BlockSource {
        let words = name.split(separator: ":", maxSplits: 1)
        if words.count == 2, !words[0].contains("/") {
            throw TareError(
                .unsupported, subject: path, "cannot read its backing file \(name): it is no plain file",
                hint: "copy it: qemu-img convert -O qcow2 OLD NEW"
            )
        }
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let full = name.hasPrefix("/") || !path.contains("/") ? name : folder + "/" + name
        switch format {
        case "qcow2": return try Qcow2Disk(full, depth: depth)
        case "raw": return try RawFile(full)
        case nil:
            let file = try RawFile(full)
            guard try Qcow2Header.isPresent(in: file) else { return file }
            return try Qcow2Disk(full, depth: depth)
        case .some(let other):
            throw TareError(.unsupported, subject: full, "cannot read a backing file of the format \(other)")
        }
    }
}
