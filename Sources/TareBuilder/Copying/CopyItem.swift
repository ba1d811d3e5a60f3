import TareCore
import TareLinux

/// One entry of a source and where it goes.
struct CopyItem: Hashable {
    /// The entry in the source.
    var entry: TreeEntry
    /// Relative to the target's root.
    var target: String
    /// Whether it is the folder that the whole of a source folder goes to: where that is there already, it stays as it is.
    var keepsExisting = false

    /// What a cache compares: everything but times.
    var fingerprint: String {
        var parts = [String(entry.mode, radix: 8), "\(entry.user):\(entry.group)"]
        switch entry.kind {
        case .file: parts.append("file \(entry.size) \(entry.digest?.hex ?? "")")
        case .folder: parts.append("folder")
        case .link(let target): parts.append("link \(target)")
        case .fifo: parts.append("fifo")
        case .device(let isBlock, let number): parts.append("\(isBlock ? "block" : "character") \(number)")
        }
        for attribute in entry.attributes {
            parts.append(attribute.name + "=" + attribute.value.map { String($0, radix: 16) }.joined(separator: "."))
        }
        return parts.joined(separator: " ")
    }
}
