import Glibc
import TareCatalog
import TareCore
import TareLinux

/// A kernel that a machine can start by its PVH entry, and the initial root that came with it.
public struct GuestKernel: Sendable, Hashable {
    /// The ELF kernel.
    public var kernel: String
    /// The distribution's initial root; `nil` where the root has none.
    public var initialRoot: String?
    /// The release: `6.1.0-56-cloud-amd64`.
    public var release: String

    /// The kernel in a root's `/boot`, taken out of its bzImage once and kept in `<cache>/kernels`.
    ///
    /// Blocks; a tenth of a second of CPU the first time. Reads the root, writes 50 MB to the cache.
    ///
    /// - Parameters:
    ///   - root: a root's path.
    ///   - cache: the cache folder.
    /// - Returns: the kernel.
    /// - Throws: `notFound` where `/boot` has none; `unavailable` where lz4 is missing; `corrupt` where it does not unpack.
    public static func inRoot(_ root: String, cache: String) throws(TareError) -> GuestKernel {
        let boot = "\(root)/boot"
        // The newest sorts last within one series of Debian kernels.
        guard let name = try FolderNames.list(boot).last(where: { $0.hasPrefix("vmlinuz-") }) else {
            throw TareError(
                .notFound, subject: boot, "cannot boot from this root: it has no kernel",
                hint: "a container's root has none; use a guest's")
        }
        let release = String(name.dropFirst("vmlinuz-".count))
        let initial = "\(boot)/initrd.img-\(release)"
        return GuestKernel(
            kernel: try unpacked("\(boot)/\(name)", cache: cache),
            initialRoot: FileReading.exists(initial) ? initial : nil,
            release: release
        )
    }

    /// A kernel from the roots that are in the cache already, the minimal guest first.
    ///
    /// - Parameters:
    ///   - roots: the folder of roots.
    ///   - cache: the cache folder.
    /// - Returns: the kernel, or `nil` where no guest's root was built.
    /// - Throws: as `inRoot`.
    public static func cached(roots: String, cache: String) throws(TareError) -> GuestKernel? {
        let store = RootStore(cache: roots)
        for base in [BaseSystem.minimal, .cloud] {
            if let root = try store.cached(base: base, workload: nil) { return try inRoot(root.path, cache: cache) }
        }
        return nil
    }

    private static func unpacked(_ image: String, cache: String) throws(TareError) -> String {
        let bytes = try FileReading.bytes(at: image, limit: 256 << 20)
        let folder = "\(cache)/kernels"
        let kernel = "\(folder)/\(try SHA256.digest(of: bytes).hex.prefix(32)).vmlinux"
        if FileReading.exists(kernel) { return kernel }
        let header = try KernelImage(bytes, subject: image)
        guard let program = ToolSearch.find("lz4") else {
            throw TareError(
                .unavailable, subject: "lz4", "cannot take the kernel out: lz4 is not installed",
                hint: "run Scripts/install, on Debian")
        }
        try FolderMaking.make(folder)
        let beside = "\(kernel).\(getpid()).\(HostClock.monotonicNanoseconds())"
        let packed = "\(beside).lz4"
        defer { _ = unlink(beside) }
        defer { _ = unlink(packed) }
        try AtomicFile.write(packed, Array(bytes[header.payload]))
        let ending = try ChildProcess.run(program, ["-d", "-q", "-f", packed, beside])
        var facts = stat()
        guard ending.succeeded, stat(beside, &facts) == 0, facts.st_size == header.unpackedLength else {
            throw TareError(.corrupt, subject: image, "cannot unpack the kernel: \(ending.errors.trimmingLineEnd())")
        }
        guard rename(beside, kernel) == 0 else {
            throw .system("cannot keep the kernel", subject: kernel, errno: errno, writing: true)
        }
        return kernel
    }
}
