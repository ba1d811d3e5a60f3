import TareCore

/// Reads the package database of dpkg: `status`, the file lists and the diversions.
///
/// Images without a package manager have `status.d` in its place: a stanza a file, and a file of checksums as the list.
enum DpkgDatabase {
    /// The installed packages, by name; none where the tree has no dpkg.
    static func read(_ tree: FileTree, _ reader: any TreeReader) throws(TareError) -> [InstalledPackage] {
        let home = "/var/lib/dpkg/"
        guard let status = try reader.contents(of: home + "status", in: tree), !status.isEmpty else {
            return try readParts(home + "status.d/", tree, reader)
        }
        let diverted = diversions(try reader.contents(of: home + "diversions", in: tree) ?? [])
        var packages = parse(status)
        var wanted: [Int] = []
        var places: [Int?] = []
        for package in packages {
            let named = home + "info/" + package.name
            let list = tree.file("\(named):\(package.architecture).list") ?? tree.file(named + ".list")
            places.append(list.map { _ in wanted.count })
            if let list { wanted.append(list) }
        }
        let lists = try reader.contents(of: wanted, in: tree)
        for (number, place) in places.enumerated() {
            guard let place else { continue }
            for line in lists[place].split(separator: 10) {
                var path = String(decoding: line, as: UTF8.self)
                if let diversion = diverted[path], diversion.by != packages[number].name { path = diversion.to }
                packages[number].paths.append(path)
            }
        }
        return packages.sorted { ($0.name, $0.architecture) < ($1.name, $1.architecture) }
    }

    /// The packages of a `status.d` folder.
    private static func readParts(
        _ folder: String,
        _ tree: FileTree,
        _ reader: any TreeReader
    ) throws(TareError) -> [InstalledPackage] {
        let found = tree.nodes.indices.filter {
            tree.nodes[$0].kind == .regular && tree.nodes[$0].path.hasPrefix(folder)
        }
        let texts = try reader.contents(of: found, in: tree)
        var packages: [InstalledPackage] = []
        for (stanza, text) in zip(found, texts) where !tree.nodes[stanza].path.hasSuffix(".md5sums") {
            guard var package = parse(text, assumesInstalled: true).first else { continue }
            if let list = zip(found, texts).first(where: {
                tree.nodes[$0.0].path == tree.nodes[stanza].path + ".md5sums"
            }) {
                package.paths = list.1.split(separator: 10).compactMap { line in
                    line.firstIndex(of: 32).map {
                        "/" + String(decoding: line[$0...].drop { $0 == 32 || $0 == 42 }, as: UTF8.self)
                    }
                }
            }
            packages.append(package)
        }
        return packages.sorted { ($0.name, $0.architecture) < ($1.name, $1.architecture) }
    }

    /// The stanzas of a `status` file that are installed.
    static func parse(_ status: [UInt8], assumesInstalled: Bool = false) -> [InstalledPackage] {
        var packages: [InstalledPackage] = []
        var package = InstalledPackage(name: "")
        var installed = assumesInstalled
        for line in status.split(separator: 10, omittingEmptySubsequences: false) + [[]] {
            if line.isEmpty {
                if installed, !package.name.isEmpty { packages.append(package) }
                package = InstalledPackage(name: "")
                installed = assumesInstalled
                continue
            }
            guard line.first != 32, line.first != 9, let colon = line.firstIndex(of: 58) else { continue }
            let value = { () -> String in
                let text = line[(colon + 1)...].drop { $0 == 32 }
                return String(decoding: text, as: UTF8.self)
            }
            switch String(decoding: line[..<colon], as: UTF8.self) {
            case "Package": package.name = value()
            case "Status": installed = value().hasSuffix(" installed")
            case "Version": package.version = value()
            case "Architecture": package.architecture = value()
            case "Section": package.section = value()
            case "Essential": if value() == "yes" { package.isFloor = true }
            case "Priority": if value() == "required" { package.isFloor = true }
            case "Depends", "Pre-Depends": package.depends += clauses(value())
            case "Provides": package.provides = clauses(value()).flatMap { $0 }
            default: break
            }
        }
        return packages
    }

    /// The names of a relation field, without versions and architectures.
    static func clauses(_ field: String) -> [[String]] {
        field.split(separator: ",").map { clause in
            clause.split(separator: "|").compactMap { word in
                word.split { " (:[".contains($0) }.first.map(String.init)
            }
        }
    }

    private static func diversions(_ bytes: [UInt8]) -> [String: (to: String, by: String)] {
        let lines = bytes.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
        var result: [String: (to: String, by: String)] = [:]
        var at = 0
        while at + 2 < lines.count {
            result[lines[at]] = (lines[at + 1], lines[at + 2])
            at += 3
        }
        return result
    }
}
