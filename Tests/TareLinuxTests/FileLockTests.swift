import Glibc
import TareCore
import Testing

@testable import TareLinux

@Suite struct FileLockTests {
    private func path(_ name: String) -> String { "/tmp/tare-\(name)-\(getpid())-\(HostClock.monotonicNanoseconds())" }

    private func take(_ path: String, exclusive: Bool) -> TareError.Code? {
        do throws(TareError) {
            _ = try FileLock(path, exclusive: exclusive)
            return nil
        } catch { return error.code }
    }

    @Test("an exclusive lock keeps everybody else out until its value is gone")
    func exclusive() throws {
        let path = path("exclusive")
        defer { unlink(path) }
        do {
            let lock = try FileLock(path)
            #expect(take(path, exclusive: true) == .unavailable)
            #expect(take(path, exclusive: false) == .unavailable)
            _ = consume lock
        }
        #expect(take(path, exclusive: true) == nil)
    }

    @Test("those that share a lock keep only an exclusive one out")
    func shared() throws {
        let path = path("shared")
        defer { unlink(path) }
        let lock = try FileLock(path, exclusive: false)
        #expect(take(path, exclusive: false) == nil)
        #expect(take(path, exclusive: true) == .unavailable)
        _ = consume lock
        #expect(take(path, exclusive: true) == nil)
    }

    @Test("a lock file in a folder that is not there is an error, not a lock")
    func missingFolder() {
        #expect(take("/tmp/tare-none-\(getpid())/lock", exclusive: true) == .cannotWrite)
    }

    @Test("a lock is free when its value is gone, though a copy of its descriptor is still open")
    func copied() throws {
        let path = path("copied")
        defer { unlink(path) }
        var copies: [Int32] = []
        do {
            let lock = try FileLock(path)
            // What a fork does: every descriptor of this file that the process has is open twice.
            for number in Int32(3)..<1024 {
                var facts = stat()
                var wanted = stat()
                guard fstat(number, &facts) == 0, stat(path, &wanted) == 0 else { continue }
                if facts.st_ino == wanted.st_ino, facts.st_dev == wanted.st_dev { copies.append(dup(number)) }
            }
            _ = consume lock
        }
        defer { for copy in copies { close(copy) } }
        #expect(!copies.isEmpty)
        #expect(take(path, exclusive: true) == nil)
    }
}
