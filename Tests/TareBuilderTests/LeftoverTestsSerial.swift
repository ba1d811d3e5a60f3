import FoundationEssentials
import Glibc
import TareCore
import TareImages
import TareLinux
import TareTestSupport
import Testing

@testable import TareBuilder

@Suite("what a killed build leaves", .enabled(if: TestGate.isRoot, "root is needed: mounts"), .serialized)
struct LeftoverTestsSerial {
    @Test("mounts, folders and snapshots of a dead build go away with the next one; those of a living one stay")
    func dead() async throws {
        let fixture = try BuilderFixture()
        try fixture.write("a", "A")
        let work = fixture.folder + "/build/work"
        try FileManager.default.createDirectory(atPath: work + "/1-dead/step-1", withIntermediateDirectories: true)
        try "".write(toFile: work + "/1-dead.lock", atomically: false, encoding: .utf8)
        try fixture.library.snapshots.prepare("build-1-dead-1", parent: nil)
        try fixture.library.snapshots.mount("build-1-dead-1", isVolatile: true).mount(at: work + "/1-dead/step-1")
        let living = try BuildFolder(in: fixture.folder + "/build", fixture.library)
        let kept = try living.makeFolder("kept")
        #expect(access(work + "/1-dead", F_OK) != 0 && access(work + "/1-dead.lock", F_OK) != 0)
        _ = try await fixture.build("FROM scratch\nCOPY a /\n")
        #expect(FolderMaking.isFolder(kept))
        #expect(try fixture.library.snapshots.find("build-1-dead-1") == nil)
        #expect(!MountTable.current().entries.contains { $0.folder.hasPrefix(fixture.folder) })
        withExtendedLifetime(living) {}
    }
}
