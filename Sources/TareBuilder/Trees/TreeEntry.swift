import TareCore

/// A file, folder or other entry below a root, with what an image keeps of it.
struct TreeEntry: Hashable {
    enum Kind: Hashable {
        case file
        case folder
        case link(target: String)
        case fifo
        case device(isBlock: Bool, number: UInt64)
    }

    /// An extended attribute.
    struct Attribute: Hashable {
        var name: String
        var value: [UInt8]
    }

    /// Relative to the root, without a slash at either end; empty for the root itself.
    var path: String
    var kind: Kind
    /// Permission bits, with set-id and sticky bits.
    var mode: UInt32
    var user: UInt32
    var group: UInt32
    /// Bytes of a file.
    var size: Int64 = 0
    var attributes: [Attribute] = []
    /// The digest of a file's bytes.
    var digest: Digest?

    var isFolder: Bool { kind == .folder }

    /// The last part of the path.
    var name: String { path.split(separator: "/").last.map(String.init) ?? "" }
}
