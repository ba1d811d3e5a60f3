import Glibc
import TareCore
import TareLinux
import Testing

@testable import TareGuests

@Suite struct TreeDigestTests {
    private func tree(_ change: (String) throws -> Void = { _ in }) async throws -> Digest {
        let folder = "/tmp/tare-tree-\(getpid())-\(HostClock.monotonicNanoseconds())"
        try FolderMaking.make("\(folder)/sub")
        try AtomicFile.write("\(folder)/sub/file", text: "content")
        symlink("file", "\(folder)/sub/link")
        try change(folder)
        // The times of all entries, so that only what a test changes differs.
        let ending = try await Command(
            program: "find",
            arguments: [folder, "-exec", "touch", "-h", "-d", "@\(BuildScript.epoch)", "{}", "+"]
        ).run()
        #expect(ending.succeeded)
        let digest = try TreeDigest.digest(of: folder)
        try await RootStore.remove(folder)
        return digest
    }

    @Test("two equal trees in two places have one digest")
    func equal() async throws { #expect(try await tree() == tree()) }

    @Test(
        "content, mode, a link's target, a new name and an empty folder each change the digest",
        arguments: 0..<5
    )
    func changes(index: Int) async throws {
        let plain = try await tree()
        let changed = try await tree { folder in
            switch index {
            case 0: try AtomicFile.write("\(folder)/sub/file", text: "contenT")
            case 1: chmod("\(folder)/sub/file", 0o600)
            case 2:
                unlink("\(folder)/sub/link")
                symlink("other", "\(folder)/sub/link")
            case 3: rename("\(folder)/sub/file", "\(folder)/sub/file2")
            default: mkdir("\(folder)/empty", 0o755)
            }
        }
        #expect(plain != changed)
    }

    @Test("a second name of one file counts as a file of its own")
    func hardLinks() async throws {
        let linked = try await tree { link("\($0)/sub/file", "\($0)/sub/two") }
        let copied = try await tree { try AtomicFile.write("\($0)/sub/two", text: "content") }
        #expect(linked == copied)
    }
}
