import Glibc
import TareCatalog
import TareCore
import TareLinux

/// Builds the root file systems of bases and workloads from Debian's packages, and keeps them.
///
///     release ──▶ container base ──▶ minimal guest ──▶ cloud guest
///                      │                  │                │
///                      └──▶ + workload    └──▶ + workload  └──▶ + workload
///
/// Every arrow is one build by `BuildScript`: the packages and files on an overlay of the root below, made reproducible,
/// merged into a complete tree by hard links. One definition of a workload goes onto all bases, so a container and a
/// virtual machine differ in nothing but what is compared.
///
/// A root is kept in `<cache>/<key>/` as `root/` and `meta.json`; the key is over the release, the packages of the chain,
/// the workload, the script's version and the state of the package indexes. It is built in `<cache>/work` and renamed, one
/// build of a key at a time, also among processes; what a killed build left is cleared by the next.
public struct RootStore: Sendable {
    /// The folder that roots are kept in.
    public let cache: String
    private let mirror: String?
    /// Whether layers may be stacked by overlay, as tests of the other way switch off; without, trees are copied.
    var stacking = true

    /// Takes a folder of roots; nothing is made or read.
    ///
    /// - Parameters:
    ///   - cache: the folder, on a disk of its own right: 6 GB for all built-in roots.
    ///   - mirror: the address of a Debian archive to use in place of the machine's own sources; it has then no security
    ///     updates, which come from another address.
    public init(cache: String, mirror: String? = nil) {
        self.cache = cache
        self.mirror = mirror
    }

    /// Why no root can be built here, or `nil` where one can: root, mmdebstrap or debootstrap, and apt with a source.
    ///
    /// Looks at files only; whether the source answers is seen when a root is built. Roots that are in the cache already
    /// need none of it.
    ///
    /// - Returns: `noPermission` or `unavailable`, with what to do.
    public static func availability() -> TareError? {
        guard geteuid() == 0 else {
            return TareError(
                .noPermission,
                subject: "guest roots",
                "cannot build root file systems: it needs mounts and chroot, which are root's",
                hint: "run it as root, or use the stored weighings"
            )
        }
        guard program("mmdebstrap") || program("debootstrap") else { return missing("mmdebstrap") }
        for each in ["apt-get", "unshare", "chroot", "bash", "tar"] where !program(each) { return missing(each) }
        return nil
    }

    /// The root, where it is in the cache; never builds, needs no root and no network.
    ///
    /// - Parameters:
    ///   - base: the base system.
    ///   - workload: what is installed on it.
    /// - Returns: the root, or `nil` where it was never built or its packages are of an older state of the indexes.
    /// - Throws: `corrupt` where its record cannot be read.
    public func cached(base: BaseSystem, workload: Workload?) throws(TareError) -> BuiltRoot? {
        guard let state = source(release: base.release).state else { return nil }
        return try cached(key: RootPlan(base: base, workload: workload).key(source: state))
    }

    /// The root, built where it is not in the cache, after the roots below it.
    ///
    /// Takes seconds to minutes and the network; writes to the cache only, and mounts in a namespace of its own, which ends
    /// with it. When the task is cancelled, the build is killed and its leftovers are cleared by the next.
    ///
    /// - Parameters:
    ///   - base: the base system.
    ///   - workload: what is installed on it.
    ///   - progress: called with each step of each root that is built.
    /// - Returns: the root.
    /// - Throws: `noPermission`, `unavailable` (tools or network), `cannotWrite` (disk full), `notFound` (a package),
    ///   `cancelled`.
    public func root(
        base: BaseSystem,
        workload: Workload?,
        progress: @Sendable (RootProgress) -> Void
    ) async throws(TareError) -> BuiltRoot {
        if let root = try cached(base: base, workload: workload) { return root }
        if let reason = Self.availability() { throw reason }
        let plan = RootPlan(base: base, workload: workload)
        let state = try await indexes(plan, progress: progress)
        do throws(OutdatedIndexes) {
            return try await build(plan, state: state, progress: progress)
        } catch {
            guard case .outdated = error else { throw error.failure }
            let newer = try await refresh(plan.base.release, from: state)
            do throws(OutdatedIndexes) {
                return try await build(plan, state: newer, progress: progress)
            } catch { throw error.failure }
        }
    }

    func cached(key: String) throws(TareError) -> BuiltRoot? {
        let record = "\(cache)/\(key)/meta.json"
        guard FileReading.exists(record) else { return nil }
        return try RootRecord.read(record).root(at: "\(cache)/\(key)/root", fromCache: true)
    }

    func source(release: String) -> PackageSource {
        PackageSource(cache: cache, release: release, mirror: mirror)
    }

    private func indexes(
        _ plan: RootPlan,
        progress: @Sendable (RootProgress) -> Void
    ) async throws(TareError) -> Digest {
        if let state = source(release: plan.base.release).state { return state }
        progress(RootProgress(root: plan.title, step: "fetch the package indexes", fraction: 0))
        return try await refresh(plan.base.release, from: nil)
    }

    /// Fetches the indexes, unless another process has done so since they were `old`.
    private func refresh(_ release: String, from old: Digest?) async throws(TareError) -> Digest {
        let source = source(release: release)
        try FolderMaking.make(source.folder)
        let lock = try await Self.lock("\(source.folder)/prepare.lock")
        if let state = source.state, state != old { return state }
        let state = try await source.refresh()
        _ = consume lock
        return state
    }

    static func program(_ name: String) -> Bool {
        ["/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin"].contains { access("\($0)/\(name)", X_OK) == 0 }
    }

    private static func missing(_ name: String) -> TareError {
        TareError(
            .unavailable,
            subject: name,
            "cannot build root file systems: \(name) is not installed",
            hint: "run Scripts/install, on Debian"
        )
    }
}
