import TareCatalog
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareGuests

/// A full Debian guest with nginx from its own disk, counted: some 20 CPU-seconds under emulation.
@Suite(.serialized) struct GuestBootTests {
    /// From the cache of roots; built into it where it is not there, two to three minutes.
    private static let store = RootStore(cache: "\(GuestKernels.cache)/roots")

    private static var isPossible: Bool {
        guard GuestKernels.hasTools else { return false }
        if (try? store.cached(base: .minimal, workload: .nginx)) ?? nil != nil { return true }
        return RootStore.availability() == nil && Environment.nonEmpty("TARE_TEST_OFFLINE") == nil
    }

    @Test(
        "a full guest reaches its service's answer, and every phase has instructions, requests and pages but no time",
        .enabled(
            if: isPossible, "needs QEMU, and a minimal guest's root with nginx or what builds it: root, the network")
    )
    func boots() async throws {
        let root = try await Self.store.root(base: .minimal, workload: .nginx) { _ in }
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
        let guest = try boot.start()
        let timeline = guest.timeline
        if let path = Environment.nonEmpty("TARE_TEST_TIMELINE") {
            try AtomicFile.write(path, text: try JSONText.encode(timeline))
        }
        #expect(timeline.hasAnswered && timeline.ending == .stopped && timeline.complaints == [])
        #expect(Set(timeline.phases.map(\.phase)) == Set(GuestPhase.allCases))
        #expect(timeline.phases.allSatisfy { ($0.instructions?.total ?? 0) > 0 && $0.reached == nil })
        #expect(timeline.phases.map(\.phase).prefix(4) == [.kernel, .initialRoot, .systemInitialisation, .basicTarget])
        let read = timeline.phases.reduce(ByteCount.zero) { $0 + $1.disk.readBytes }
        #expect(try read.bytes > 8 << 20 && read <= guest.disk().readBytes)
        // The kernel counts what it was given, but for its own image and tables.
        let total = try #require(timeline.inside.kernel["MemTotal"])
        #expect(total.bytes > 200 << 20 && total.bytes < 256 << 20 && timeline.inside.isComplete)
        #expect(timeline.inside.processes.contains { $0.name == "nginx" })
        let touched = try guest.memory().touched
        #expect(touched.bytes > 100 << 20 && touched.bytes <= 256 << 20)
        #expect(guest.stop(grace: 300) == .finished)
    }
}
