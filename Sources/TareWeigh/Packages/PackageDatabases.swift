import TareCore

/// Reads whichever package database a tree has.
enum PackageDatabases {
    /// The manager's name and the installed packages, by name; no name where there is no database.
    static func read(
        _ tree: FileTree,
        _ reader: any TreeReader
    ) throws(TareError) -> (manager: String?, packages: [InstalledPackage]) {
        let dpkg = try DpkgDatabase.read(tree, reader)
        if !dpkg.isEmpty { return ("dpkg", dpkg) }
        let apk = try ApkDatabase.read(tree, reader)
        if !apk.isEmpty { return ("apk", apk) }
        let rpm = try RpmDatabase.read(tree, reader)
        if !rpm.isEmpty { return ("rpm", rpm) }
        return (nil, [])
    }
}
