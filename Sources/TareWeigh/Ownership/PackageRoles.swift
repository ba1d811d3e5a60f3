import TareCatalog
import TareCore

/// Who owns each installed package.
///
/// The floor is what every system of the distribution has: essential and required packages, the package manager, and all
/// they need. Packages that the workload does not need are the OS's, and so is all that they need in turn: a runtime
/// among them is *shared*. In an image of several layers the lowest one is the base, and its packages are the OS's.
struct PackageRoles {
    private(set) var owners: [Owner]
    private(set) var groups: [OwnerGroup]
    /// For packages needed by the workload and by the OS beyond its floor: the owner where they are not the OS's.
    private(set) var alternates: [Int: Owner]

    /// Decides the roles.
    ///
    /// - Parameters:
    ///   - packages: what is installed.
    ///   - workload: what runs inside, where it is known.
    ///   - base: the system below, where it is known.
    ///   - layers: the lowest layer that holds a file of each package; `nil` where there are not several layers.
    init(_ packages: [InstalledPackage], workload: Workload?, base: BaseSystem?, layers: [Int]? = nil) {
        let closure = DependencyClosure(packages)
        let floor = closure.of(packages.filter(\.isFloor).map(\.name) + ["apt", "apk-tools", "rpm", "dnf"])
        let apps = Set(workload?.appPackages ?? [])
        let wanted = closure.of((workload?.runtimePackages ?? []) + (workload?.appPackages ?? []))
        let os: Set<Int>
        if let layers {
            os = floor.union(packages.indices.filter { layers[$0] == 0 })
        } else {
            let outside = packages.indices.filter { !wanted.contains($0) }.map { packages[$0].name }
            os = floor.union(closure.of(outside + (base?.packages ?? [])))
        }
        let role = { (index: Int) -> Owner in apps.contains(packages[index].name) ? .app : .runtime }
        alternates = [:]
        for index in wanted.intersection(os).subtracting(floor) { alternates[index] = role(index) }
        owners = packages.indices.map { os.contains($0) ? .os : role($0) }
        groups = packages.indices.map { index in
            if floor.contains(index) { return .base }
            if os.contains(index) { return .services }
            if apps.contains(packages[index].name) { return .application }
            return packages[index].isLibrary ? .libraries : .runtime
        }
    }
}
