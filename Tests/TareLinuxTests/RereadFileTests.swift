import Glibc
import TareCore
import Testing

@testable import TareLinux

@Suite struct RereadFileTests {
    private func expect(
        _ file: inout RereadFile,
        says wanted: String,
        at place: SourceLocation = #_sourceLocation
    ) throws {
        let text = try file.withBytes { bytes in
            var copy: [UInt8] = []
            for place in bytes.indices { copy.append(bytes[place]) }
            return String(decoding: copy, as: UTF8.self)
        }
        #expect(text == wanted, sourceLocation: place)
    }

    @Test("each reading gives the file as it is then, longer than the buffer or shorter than before")
    func changing() throws {
        let path = "/tmp/tare-reread-\(getpid())-\(HostClock.monotonicNanoseconds())"
        defer { unlink(path) }
        try AtomicFile.write(path, text: "short")
        let long = String(repeating: "0123456789", count: 50)
        var file = try RereadFile(path, capacity: 64)
        try expect(&file, says: "short")
        // In place: a file that was replaced would be another one than the descriptor's.
        let writer = try OwnedFileDescriptor(opening: path, O_WRONLY)
        try writer.writeAll(Array(long.utf8))
        try expect(&file, says: long)
        try writer.truncate(to: 3)
        try expect(&file, says: "012")
        try writer.truncate(to: 0)
        try expect(&file, says: "")
    }

    @Test("a procfs file says what it says when it is opened anew")
    func procfs() throws {
        var file = try RereadFile("/proc/self/limits", capacity: 64)
        let fresh = try FileReading.text(at: "/proc/self/limits")
        try expect(&file, says: fresh)
        try expect(&file, says: fresh)
    }

    @Test("a file that is not there is not found")
    func missing() {
        let failure = #expect(throws: TareError.self) { _ = try RereadFile("/tmp/tare-none-\(getpid())") }
        #expect(failure?.code == .notFound)
    }
}
