import TareCore

/// One member of a tar archive, as its header says.
struct TarEntry {
    /// What it is.
    enum Kind: Equatable { case file, hardLink, symbolicLink, characterDevice, blockDevice, directory, fifo }

    /// A time with nanoseconds.
    struct Time: Hashable {
        var seconds: Int64 = 0
        var nanoseconds: Int32 = 0
    }

    /// A stretch of a sparse file that is stored.
    struct Stretch: Hashable {
        var offset: Int64
        var length: Int64
    }

    /// An extended attribute.
    struct Attribute: Hashable {
        var name: String
        var value: [UInt8]
    }

    /// The path, as bytes.
    var path: [UInt8]
    var kind: Kind
    /// Permission bits with set-id and sticky bits.
    var mode: UInt32 = 0o644
    var user: UInt32 = 0
    var group: UInt32 = 0
    /// The file's length; of a sparse file with its holes.
    var size: Int64 = 0
    var modified = Time()
    /// Where a link leads.
    var target: [UInt8] = []
    var major: UInt32 = 0
    var minor: UInt32 = 0
    var attributes: [Attribute] = []
    /// What is stored of a sparse file; `nil` where all is.
    var stretches: [Stretch]?

    var pathText: String { String(decoding: path, as: UTF8.self) }
}
