import TareCore

/// Reads Alpine's package database: one text file, a letter a field.
enum ApkDatabase {
    /// What Alpine's smallest root holds; all that these need is the floor.
    private static let floor: Set<String> = [
        "alpine-base", "alpine-baselayout", "alpine-keys", "alpine-release", "apk-tools", "busybox", "libc-utils",
        "musl",
    ]

    /// The installed packages, by name; none where the tree has no apk.
    static func read(_ tree: FileTree, _ reader: any TreeReader) throws(TareError) -> [InstalledPackage] {
        for home in ["/lib/apk/db/installed", "/usr/lib/apk/db/installed"] {
            if let text = try reader.contents(of: home, in: tree) {
                return parse(text).sorted { ($0.name, $0.architecture) < ($1.name, $1.architecture) }
            }
        }
        return []
    }

    /// The packages of an `installed` file.
    ///
    /// `P` name, `V` version, `A` architecture, `D` needs, `p` provides, `F` folder, `R` file in it.
    static func parse(_ bytes: [UInt8]) -> [InstalledPackage] {
        var packages: [InstalledPackage] = []
        var package = InstalledPackage(name: "")
        var folder = ""
        for line in bytes.split(separator: 10, omittingEmptySubsequences: false) + [[]] {
            guard line.count >= 2, let letter = line.first else {
                if !package.name.isEmpty { packages.append(package) }
                package = InstalledPackage(name: "")
                folder = ""
                continue
            }
            let value = String(decoding: line.dropFirst(2), as: UTF8.self)
            switch letter {
            case UInt8(ascii: "P"):
                package.name = value
                package.isFloor = floor.contains(value)
            case UInt8(ascii: "V"): package.version = value
            case UInt8(ascii: "A"): package.architecture = value
            case UInt8(ascii: "D"): package.depends = words(value).filter { !$0.hasPrefix("!") }.map { [$0] }
            case UInt8(ascii: "p"):
                package.provides = words(value)
                if package.provides.contains(where: { $0.hasPrefix("so:") }), package.name.hasPrefix("lib") {
                    package.section = "libs"
                }
            case UInt8(ascii: "F"):
                folder = value.isEmpty ? "" : "/" + value
                if !folder.isEmpty { package.paths.append(folder) }
            case UInt8(ascii: "R"): package.paths.append(folder + "/" + value)
            default: break
            }
        }
        return packages
    }

    /// The names of a list of requirements, without their versions.
    private static func words(_ text: String) -> [String] {
        text.split(separator: " ").compactMap { word in
            word.split { "<>=~".contains($0) }.first.map(String.init)
        }
    }
}
