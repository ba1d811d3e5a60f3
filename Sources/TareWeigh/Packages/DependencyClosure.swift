/// What a set of named packages needs, among those that are installed.
struct DependencyClosure {
    private let byName: [String: [Int]]
    private let packages: [InstalledPackage]

    init(_ packages: [InstalledPackage]) {
        self.packages = packages
        var byName: [String: [Int]] = [:]
        for (index, package) in packages.enumerated() { byName[package.name, default: []].append(index) }
        for (index, package) in packages.enumerated() {
            for name in package.provides where byName[name]?.contains(where: { packages[$0].name == name }) != true {
                byName[name, default: []].append(index)
            }
        }
        self.byName = byName
    }

    /// The named packages and all they need; of alternatives, the first that is installed.
    func of(_ names: some Sequence<String>) -> Set<Int> {
        var pending = names.flatMap { byName[$0] ?? [] }
        var found: Set<Int> = []
        while let next = pending.popLast() {
            guard found.insert(next).inserted else { continue }
            for clause in packages[next].depends {
                if let met = clause.lazy.compactMap({ byName[$0] }).first { pending += met }
            }
        }
        return found
    }
}
