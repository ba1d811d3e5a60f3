import TareCore
import TareLinux
import Testing

@testable import TareGuests

/// What the tests of guests need: QEMU, busybox, and a kernel, from a cached guest's root or from its package.
enum GuestKernels {
    static var cache: String { (try? StateFolders.current().cache) ?? "/tmp" }

    static let hasTools = ["qemu-system-x86_64", "busybox", "lz4", "gcc"].allSatisfy { ToolSearch.find($0) != nil }

    /// Whether a kernel is there or may be fetched.
    static var isThere: Bool {
        guard hasTools else { return false }
        if Environment.nonEmpty("TARE_TEST_OFFLINE") == nil { return true }
        return (try? GuestKernel.cached(roots: "\(cache)/roots", cache: cache)) != nil
    }

    static func kernel() async throws -> GuestKernel {
        try await KernelPackage.kernel(roots: "\(cache)/roots", cache: cache)
    }

    static let reason: Comment = "needs qemu-system-x86, busybox-static, lz4, gcc, and a guest's root or the network"
}
