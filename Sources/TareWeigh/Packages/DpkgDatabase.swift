import TareCore

/// Reads the package database of dpkg: `status`, the file lists and the diversions.
enum DpkgDatabase {
    /// The installed packages, by name; none where the tree has no dpkg.
    static func read(_ tree: FileTree, _ reader: DirectoryReader) throws(TareError) -> [InstalledPackage] {
        let home = "/var/lib/dpkg/"
        guard let status = try reader.contents(of: home + "status") else { return [] }
        let diverted = diversions(try reader.contents(of: home + "diversions") ?? [])
        var packages: [InstalledPackage] = []
        for var package in parse(status) {
            let named = home + "info/" + package.name
            var list = "\(named):\(package.architecture).list"
            if tree.index[list] == nil { list = named + ".list" }
            for line in (try reader.contents(of: list) ?? []).split(separator: 10) {
                var path = String(decoding: line, as: UTF8.self)
                if let diversion = diverted[path], diversion.by != package.name { path = diversion.to }
                package.paths.append(path)
            }
            packages.append(package)
        }
        return packages.sorted { ($0.name, $0.architecture) < ($1.name, $1.architecture) }
    }

    /// The stanzas of a `status` file that are installed.
    static func parse(_ status: [UInt8]) -> [InstalledPackage] {
        var packages: [InstalledPackage] = []
        var package = InstalledPackage(name: "")
        var installed = false
        for line in status.split(separator: 10, omittingEmptySubsequences: false) + [[]] {
            if line.isEmpty {
                if installed, !package.name.isEmpty { packages.append(package) }
                package = InstalledPackage(name: "")
                installed = false
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
