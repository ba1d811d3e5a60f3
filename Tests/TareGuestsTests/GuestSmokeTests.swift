import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareGuests

/// Boots real kernels under TCG: one guest at a time, some CPU-seconds each.
@Suite(.serialized) struct GuestSmokeTests {
    @Test(
        "the smallest guest prints its mark and its line and ends by itself",
        .enabled(if: GuestKernels.isThere, GuestKernels.reason)
    )
    func smoke() async throws {
        let before = LeakCheck.now(of: "qemu-system")
        let kernel = try await GuestKernels.kernel()
        let result = try GuestSmoke.run(kernel: kernel, accelerator: .emulated, cache: GuestKernels.cache)
        #expect(result.hasPrinted)
        #expect(result.marks == [1])
        #expect(result.ending == .finished)
        #expect(LeakCheck.left(since: before, of: "qemu-system") == [])
    }

    @Test(
        "two counted runs without a disk agree in every instruction",
        .enabled(if: GuestKernels.isThere, GuestKernels.reason)
    )
    func counted() async throws {
        let kernel = try await GuestKernels.kernel()
        let runs = try (0..<2).map { _ in
            try GuestSmoke.run(kernel: kernel, accelerator: .emulated, cache: GuestKernels.cache, isCounted: true)
        }
        #expect(runs[0] == runs[1])
        let counted = runs[0].counted
        #expect(counted.count == 2 && counted.first?.number == 1 && counted.last?.number == nil)
        let first = try #require(counted.first).counts
        #expect(first.kernel > 10_000_000 && first.user > 1000 && first.firmware > 0)
        #expect(try #require(counted.last).counts.total > first.total)
    }
}
