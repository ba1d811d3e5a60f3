import Glibc
import TareCatalog
import TareCore
import TareLinux

/// The kernel of a guest whose root is not built: from its package alone, which takes seconds and needs no root.
public enum KernelPackage {
    private static let meta = "linux-image-cloud-amd64"

    /// The kernel from a cached guest's root, or else from its package, which is fetched once.
    ///
    /// Blocks no thread. Fetches 30 MB, and the package indexes where there are none, and keeps the kernel in
    /// `<cache>/kernels`. There is no initial root with it.
    ///
    /// - Parameters:
    ///   - roots: the folder of roots.
    ///   - cache: the cache folder.
    /// - Returns: the kernel.
    /// - Throws: `unavailable` where the package source does not answer.
    public static func kernel(roots: String, cache: String) async throws(TareError) -> GuestKernel {
        if let cached = try GuestKernel.cached(roots: roots, cache: cache) { return cached }
        let folder = "\(cache)/kernels/packages"
        try FolderMaking.make(folder)
        let lock = try await RootStore.lock("\(folder).lock")
        if try FolderNames.list("\(folder)/boot").contains(where: { $0.hasPrefix("vmlinuz-") }) {
            return try GuestKernel.inRoot(folder, cache: cache)
        }
        let source = RootStore(cache: roots).source(release: BaseSystem.minimal.release)
        if source.state == nil { _ = try await source.refresh() }
        let fetch = Command(
            program: "bash", arguments: ["-c", script, "bash", folder, meta],
            environment: ["APT_CONFIG": "\(source.folder)/apt.conf"])
        let ending = try await fetch.run()
        guard ending.succeeded else {
            throw BuildFailure.error(log: ending.output, subject: meta, wanted: "fetch the kernel")
        }
        _ = consume lock
        return try GuestKernel.inRoot(folder, cache: cache)
    }

    /// The meta package names the kernel's; apt checks the signature chain, dpkg-deb unpacks `/boot`.
    private static let script = #"""
        set -euo pipefail
        mkdir -p "$1/work"
        cd "$1/work"
        name=$(apt-cache -o Dir::Cache="$PWD" -o Dir::State::status=/dev/null depends "$2" |
            sed -n 's/^ *Depends: \(linux-image-[0-9].*\)$/\1/p' | head -1)
        apt-get -q -o Dir::Cache="$PWD" -o Dir::State::status=/dev/null download "$name"
        dpkg-deb --fsys-tarfile ./*.deb | tar -x ./boot
        rm -rf "$1/boot"
        mv boot "$1/boot"
        cd /
        rm -rf "$1/work"
        """#
}
