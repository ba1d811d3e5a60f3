import TareCore
import TareLinux
import Testing

@testable import TareGuests

/// What the tests of guests need: a kernel, QEMU, busybox.
enum GuestKernels {
    static var cache: String { (try? StateFolders.current().cache) ?? "/tmp" }

    /// A kernel from a cached guest's root, or the machine's own of the same kind; `nil` where there is neither.
    static let found: GuestKernel? = {
        guard ToolSearch.find("qemu-system-x86_64") != nil, ToolSearch.find("busybox") != nil else { return nil }
        return try? GuestKernel.cached(roots: "\(cache)/roots", cache: cache)
    }()

    static let reason: Comment =
        "needs qemu-system-x86, busybox-static and a guest's root: TARE_TEST_ALL_ROOTS=1 builds it"
}
