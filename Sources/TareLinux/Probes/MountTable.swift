import TareCore

/// The mounts that this process sees, in the order of mounting.
public struct MountTable: Sendable, Hashable {
    /// One mount.
    public struct Entry: Sendable, Hashable {
        /// Where.
        public var folder: String
        /// The file system's type: `ext4`, `cgroup2`.
        public var type: String
        /// Mount options.
        public var options: [String]
    }

    /// The mounts; a later one hides an earlier one at the same place.
    public var entries: [Entry]

    /// Reads the lines of `/proc/self/mounts`.
    public init(text: String) {
        entries = text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count >= 4 else { return nil }
            return Entry(
                folder: Self.unescaped(fields[1]),
                type: String(fields[2]),
                options: fields[3].split(separator: ",").map(String.init)
            )
        }
    }

    /// The table of this process; empty where procfs is not there.
    public static func current() -> MountTable {
        MountTable(text: FileReading.valueIfPresent(at: "/proc/self/mounts") ?? "")
    }

    /// The mount that holds `path`, which is absolute and has no symbolic link in it.
    public func holding(_ path: String) -> Entry? {
        var best: Entry?
        for entry in entries {
            let inside = entry.folder == "/" || path == entry.folder || path.hasPrefix(entry.folder + "/")
            if inside, entry.folder.utf8.count >= best?.folder.utf8.count ?? 0 { best = entry }
        }
        return best
    }

    /// The kernel writes space, tab, newline and backslash in a path as three octal digits.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(field.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3, digits.allSatisfy({ (48...55).contains($0) }) {
                bytes.append(digits.reduce(0) { $0 &* 8 &+ ($1 - 48) })
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
