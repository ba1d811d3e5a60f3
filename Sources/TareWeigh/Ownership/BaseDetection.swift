import TareCatalog
import TareCore

/// Finds out which of the built-in base systems a tree was made from.
enum BaseDetection {
    /// The share of a guest's packages that must be there.
    static let leastShare = 0.9

    /// The base system, or `nil` where it is none of the built-in ones.
    ///
    /// Debian of the release by `os-release`; with a kernel and systemd it is the guest of most packages that are there,
    /// without a kernel the container base.
    static func base(
        _ tree: FileTree,
        _ reader: any TreeReader,
        _ installed: [InstalledPackage]
    ) throws(TareError) -> BaseSystem? {
        guard let text = try reader.contents(of: "/etc/os-release", in: tree), !installed.isEmpty else { return nil }
        let facts = parse(String(decoding: text, as: UTF8.self))
        guard facts["ID"] == "debian", let release = facts["VERSION_CODENAME"] else { return nil }
        let names = Set(installed.map(\.name))
        let hasKernel = names.contains { $0.hasPrefix("linux-image-") }
        let known = BaseSystem.builtins.filter { $0.release == release }
        guard hasKernel else { return names.contains("systemd") ? nil : known.first { $0.role == .container } }
        guard names.contains("systemd") else { return nil }
        return
            known
            .filter { base in
                let there = base.packages.filter { isThere($0, names) }.count
                return base.role == .guest && Double(there) >= leastShare * Double(base.packages.count)
            }
            .max { $0.packages.count < $1.packages.count }
    }

    private static func isThere(_ package: String, _ names: Set<String>) -> Bool {
        // Any kernel does: an image may hold the full one in place of the cloud kernel.
        names.contains(package) || package.hasPrefix("linux-image-")
    }

    /// The assignments of an `os-release` file, without their quotes.
    static func parse(_ text: String) -> [String: String] {
        var facts: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            let value = line[line.index(after: equals)...].filter { $0 != "\"" && $0 != "'" }
            facts[String(line[..<equals])] = String(value)
        }
        return facts
    }
}
