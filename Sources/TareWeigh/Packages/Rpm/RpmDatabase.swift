import TareCore

/// Reads the rpm database where it is SQLite, as on Amazon Linux 2023 and current Fedora: a header a package.
enum RpmDatabase {
    private static let homes = ["/usr/lib/sysimage/rpm/rpmdb.sqlite", "/var/lib/rpm/rpmdb.sqlite"]
    /// What a minimal root has; all that these need is the floor.
    private static let floor: Set<String> = [
        "basesystem", "bash", "coreutils", "coreutils-single", "dnf", "filesystem", "glibc", "microdnf", "rpm", "setup",
        "system-release", "yum",
    ]

    /// The installed packages, by name; none where the tree has no such database.
    static func read(_ tree: FileTree, _ reader: any TreeReader) throws(TareError) -> [InstalledPackage] {
        for home in homes {
            guard var content = try reader.contents(of: home, in: tree), !content.isEmpty else { continue }
            if let log = try reader.contents(of: home + "-wal", in: tree) { SQLiteLog.apply(log, to: &content) }
            var packages: [InstalledPackage] = []
            try SQLiteImage.blobs(of: "SELECT blob FROM Packages ORDER BY hnum", in: content, named: home) {
                (blob) throws(TareError) in
                guard let header = RpmHeader(blob) else {
                    throw TareError(.corrupt, subject: home, "cannot read a package's header in the rpm database")
                }
                // Keys of trusted signers are kept as packages without files.
                if let package = package(header), package.name != "gpg-pubkey" { packages.append(package) }
            }
            nameFiles(&packages)
            return packages.sorted { ($0.name, $0.architecture) < ($1.name, $1.architecture) }
        }
        return []
    }

    /// The package of a header.
    static func package(_ header: RpmHeader) -> InstalledPackage? {
        guard let name = header.strings(.name).first else { return nil }
        var package = InstalledPackage(name: name)
        package.version = (header.strings(.version) + header.strings(.release)).joined(separator: "-")
        package.architecture = header.strings(.architecture).first ?? ""
        package.isFloor = floor.contains(name) || name.hasPrefix("system-release") || name.hasSuffix("-release")
        package.provides = header.strings(.provides)
        package.depends = Set(header.strings(.requires)).filter { !$0.hasPrefix("rpmlib(") }.sorted().map { [$0] }
        package.paths = header.paths
        if name.hasSuffix("-libs") || name.hasPrefix("lib") { package.section = "libs" }
        return package
    }

    /// Lets a package provide those of its files that another one requires by path.
    private static func nameFiles(_ packages: inout [InstalledPackage]) {
        let wanted = Set(packages.lazy.flatMap(\.depends).flatMap { $0 }.filter { $0.hasPrefix("/") })
        for index in packages.indices {
            packages[index].provides += packages[index].paths.filter { wanted.contains($0) }
        }
    }
}
