import TareCore
import TareLinux
import Testing

@testable import TareGuests

@Suite struct KernelPackageTests {
    @Test(
        "a kernel comes from its package where no guest's root was built, and is fetched once",
        .enabled(
            if: Environment.nonEmpty("TARE_TEST_OFFLINE") == nil && GuestKernels.hasTools, "needs the package source")
    )
    func fetched() async throws {
        let cache = "/var/tmp/tare-kernel-\(HostClock.monotonicNanoseconds())"
        defer { _ = try? ChildProcess.run("/bin/rm", ["-rf", cache]) }
        let first = try await KernelPackage.kernel(roots: "\(cache)/roots", cache: cache)
        #expect(first.release.hasSuffix("-cloud-amd64") && first.initialRoot == nil)
        #expect(Array(try FileReading.bytes(at: first.kernel).prefix(4)) == [0x7f] + Array("ELF".utf8))
        #expect(try FolderNames.list("\(cache)/kernels/packages") == ["boot"])
        // Without its source: nothing is fetched again.
        _ = try ChildProcess.run("/bin/rm", ["-rf", "\(cache)/roots"])
        #expect(try await KernelPackage.kernel(roots: "\(cache)/roots", cache: cache) == first)
    }
}
