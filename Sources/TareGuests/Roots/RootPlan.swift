import FoundationEssentials
import TareCatalog
import TareCore
import TareLinux

/// One root and the root that it is stacked on: which packages and files make it, without building anything.
struct RootPlan: Sendable {
    var base: BaseSystem
    var workload: Workload?

    /// For people: `debian-12-minimal + nginx`.
    var title: String { workload.map { "\(base.id) + \($0.id)" } ?? base.id }

    /// The root below: a workload's base, or the largest built-in base of the release whose packages are all in this
    /// one; `nil` for one that is unpacked from the release itself.
    var below: RootPlan? {
        if workload != nil { return RootPlan(base: base, workload: nil) }
        guard !base.packages.isEmpty else { return nil }
        let own = Set(base.packages)
        let within = BaseSystem.builtins.filter {
            $0.release == base.release && own.isStrictSuperset(of: $0.packages)
        }
        if let largest = within.max(by: { $0.packages.count < $1.packages.count }) {
            return RootPlan(base: largest, workload: nil)
        }
        var bare = base
        bare.packages = []
        return RootPlan(base: bare, workload: nil)
    }

    /// The packages to install on the root below.
    var packages: [String] {
        if let workload { return workload.runtimePackages + workload.appPackages }
        return base.packages
    }

    /// The name of the root in the cache, over what decides its content.
    ///
    /// That is the release, the packages of the whole chain, the workload, the script and the state of the package
    /// source. A base's id and title do not count.
    ///
    /// - Parameter source: the digest of the package source's indexes.
    /// - Returns: 32 hexadecimal digits.
    /// - Throws: `internal` where the workload cannot be written as text.
    func key(source: Digest) throws(TareError) -> String {
        var lines = ["script \(BuildScript.version)", "release \(base.release)", "source \(source.hex)"]
        var plan: RootPlan? = self
        while let each = plan {
            lines.append("packages \(each.packages.sorted().joined(separator: " "))")
            if let workload = each.workload { lines.append("workload \(try Self.text(of: workload))") }
            plan = each.below
        }
        return String(try SHA256.digest(of: lines.joined(separator: "\n")).hex.prefix(32))
    }

    private static func text(of workload: Workload) throws(TareError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(workload), as: UTF8.self)
        } catch {
            throw TareError(.internal, subject: workload.id, "cannot write the workload as text: \(error)")
        }
    }
}
