import Glibc
import TareCore
import Testing

@testable import TareLinux

@Suite struct AppendOnlyFileTests {
    @Test("a torn last line is cut when the journal is opened again, and a second writer is refused")
    func tornTail() throws {
        let path = "/tmp/tare-journal-\(getpid())-\(HostClock.monotonicNanoseconds())"
        defer { unlink(path) }
        try AtomicFile.write(path, text: "one\ntwo\nthr")
        #expect(try AppendOnlyFile.lines(at: path) == ["one", "two"])
        do {
            var journal = try AppendOnlyFile(path)
            #expect(journal.repairedBytes == 3)
            try journal.append(line: "three")
            let refused = #expect(throws: TareError.self) { _ = try AppendOnlyFile(path) }
            #expect(refused?.code == .unavailable)
        }
        #expect(try FileReading.text(at: path) == "one\ntwo\nthree\n")
    }
}
