import TareCatalog
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareGuests

/// A full Debian guest with nginx from its own disk, counted: some 20 CPU-seconds under emulation.
@Suite(.serialized) struct GuestBootTests {
    private static let root: BuiltRoot? = {
        guard GuestKernels.isThere else { return nil }
        return try? RootStore(cache: "\(GuestKernels.cache)/roots").cached(base: .minimal, workload: .nginx)
    }()

    @Test(
        "a full guest reaches its service's answer, and every phase has instructions, requests and pages but no time",
        .enabled(if: root != nil, "needs a minimal guest's root with nginx: TARE_TEST_ALL_ROOTS=1 builds it")
    )
    func boots() async throws {
        let root = try #require(Self.root)
        let cache = GuestKernels.cache
        let disk = try await DiskBuilder(cache: "\(cache)/roots").disk(of: root, base: .minimal, size: .gibibytes(8))
        let boot = GuestBoot(
            base: .minimal,
            workload: .nginx,
            kernel: try .inRoot(root.path, cache: cache),
            disk: GuestDisk(disk),
            accelerator: .emulated,
            isCounted: true,
            consoleFile: Environment.nonEmpty("TARE_TEST_CONSOLE"),
            cache: cache
        )
        let timeline = try boot.run()
        if let path = Environment.nonEmpty("TARE_TEST_TIMELINE") {
            try AtomicFile.write(path, text: try JSONText.encode(timeline))
        }
        #expect(timeline.hasAnswered && timeline.ending == .stopped && timeline.complaints == [])
        #expect(Set(timeline.phases.map(\.phase)) == Set(GuestPhase.allCases))
        #expect(timeline.phases.allSatisfy { ($0.instructions?.total ?? 0) > 0 && $0.reached == nil })
    }
}
