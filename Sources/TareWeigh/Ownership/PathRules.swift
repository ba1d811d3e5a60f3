import TareCatalog
import TareCore

/// What a path alone says of a file.
enum PathRules {
    /// Folders that hold applications by convention, never a distribution's own files.
    static let appFolders = ["/opt/", "/srv/", "/usr/local/", "/app/", "/home/", "/var/www/"]
    private static let docs = [
        "/usr/share/doc/", "/usr/share/man/", "/usr/share/locale/", "/usr/share/info/", "/usr/lib/locale/",
    ]
    private static let databases = [
        "/var/lib/dpkg/", "/var/lib/apt/", "/var/cache/", "/lib/apk/db/", "/usr/lib/apk/db/", "/usr/lib/sysimage/",
        "/var/lib/rpm/", "/var/lib/dnf/",
    ]

    /// The group that a path decides, whoever owns the file.
    static func group(of path: String) -> OwnerGroup? {
        if path.hasPrefix("/boot/vmlinuz") { return .kernel }
        if path.hasPrefix("/boot/") { return .boot }
        if path.hasPrefix("/lib/modules/") || path.hasPrefix("/usr/lib/modules/") {
            return path.hasSuffix("/vmlinuz") ? .kernel : .modules
        }
        if docs.contains(where: path.hasPrefix) { return .docs }
        return databases.contains(where: path.hasPrefix) ? .packageDatabase : nil
    }

    /// Whether applications by convention lie there.
    static func isAppFolder(_ path: String) -> Bool { appFolders.contains(where: path.hasPrefix) }

    /// The source of Python byte code: `/x/__pycache__/name.cpython-311.pyc` was made from `/x/name.py`.
    static func byteCodeSource(_ path: String) -> String? {
        guard path.hasSuffix(".pyc") else { return nil }
        let parts = path.split(separator: "/")
        guard parts.count > 2, parts[parts.count - 2] == "__pycache__",
            let stem = parts.last?.split(separator: ".").first
        else { return nil }
        return "/" + parts.dropLast(2).joined(separator: "/") + "/\(stem).py"
    }
}
