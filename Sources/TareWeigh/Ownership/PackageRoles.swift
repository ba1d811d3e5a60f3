import TareCatalog
import TareCore

/// Who owns each installed package.
///
/// The floor is what every Debian has: essential and required packages, apt, and all they need. Packages that the
/// workload does not need are the OS's, and so is all that they need in turn: a runtime among them is *shared*.
struct PackageRoles {
    private(set) var owners: [Owner]
    private(set) var groups: [OwnerGroup]
    /// Needed by the workload and by the OS beyond its floor.
    private(set) var shared: Set<Int>

    init(_ packages: [InstalledPackage], workload: Workload?, base: BaseSystem?) {
        let closure = DependencyClosure(packages)
        let floor = closure.of(packages.filter(\.isFloor).map(\.name) + ["apt"])
        let apps = Set(workload?.appPackages ?? [])
        let wanted = closure.of((workload?.runtimePackages ?? []) + (workload?.appPackages ?? []))
        let outside = packages.indices.filter { !wanted.contains($0) }.map { packages[$0].name }
        let os = floor.union(closure.of(outside + (base?.packages ?? [])))
        shared = wanted.intersection(os).subtracting(floor)
        owners = packages.indices.map {
            os.contains($0) ? .os : (apps.contains(packages[$0].name) ? .app : .runtime)
        }
        groups = packages.indices.map { index in
            if floor.contains(index) { return .base }
            if os.contains(index) { return .services }
            if apps.contains(packages[index].name) { return .application }
            return packages[index].section.hasSuffix("libs") ? .libraries : .runtime
        }
    }
}
