import FoundationEssentials
import Glibc
import TareCore
import TareLinux
import Testing

@testable import TareProbe

@Suite("blocks of folders")
struct DiskBlocksTests {
    @Test("are what du counts: hard links once, holes not at all")
    func asDu() throws {
        let unique = "/tare-blocks-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        let folder = FileManager.default.temporaryDirectory.path + unique
        try FolderMaking.make(folder + "/a/b")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try AtomicFile.write(folder + "/a/one", [UInt8](repeating: 7, count: 10_000))
        try AtomicFile.write(folder + "/a/b/kept.tmp", [UInt8](repeating: 7, count: 5_000))
        #expect(link(folder + "/a/one", folder + "/a/b/again") == 0)
        #expect(truncate(folder + "/a/b/kept.tmp", 50_000_000) == 0)
        let found = try DiskBlocks.of([folder])
        let du = try ChildProcess.run("/usr/bin/du", ["-s", "-B1", folder])
        #expect(Int64(du.output.split(separator: "\t").first ?? "") == found.allocated.bytes)
        #expect(found.apparent == ByteCount(50_010_000) && found.inodes == 5)
        #expect(try DiskBlocks.of([folder, folder]).apparent == found.apparent + ByteCount(50_000_000))
        #expect(try DiskBlocks.of([folder + "/missing"]) == .zero)
        #expect(found.added(since: found) == .zero)
    }

    @Test("leave out what is mounted below")
    func mounts() throws {
        var sawOther = false
        try TreeWalk.visit("/dev") { path, _ in if path.hasPrefix("shm/") || path.hasPrefix("pts/") { sawOther = true }
        }
        #expect(!sawOther)
        #expect(try FileSystemBlocks.used(at: "/") > .zero)
    }
}
