import FoundationEssentials
import Glibc
import TareCatalog
import TareCore
import TareLinux
import Testing

@testable import TareProbe

/// A listener on a free loopback port that nobody serves: the kernel accepts, nobody answers.
private struct Listener: ~Copyable {
    let file: OwnedFileDescriptor
    let port: Int

    init() throws {
        let raw = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        file = OwnedFileDescriptor(taking: raw)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(raw, $0, length) == 0 && listen(raw, 8) == 0 && getsockname(raw, $0, &length) == 0
            }
        }
        #expect(bound)
        port = Int(UInt16(bigEndian: place.sin_port))
    }

    /// Takes one connection and says something.
    func serve(_ answer: String) {
        let raw = accept(file.raw, nil, nil)
        var buffer = [UInt8](repeating: 0, count: 512)
        _ = recv(raw, &buffer, buffer.count, 0)
        _ = send(raw, answer, answer.utf8.count, Int32(MSG_NOSIGNAL))
        close(raw)
    }
}

@Suite("the prober")
struct ReadinessProberTests {
    private func deadline(_ seconds: Double) -> UInt64 { HostClock.monotonicNanoseconds() + UInt64(seconds * 1e9) }

    private func outcome(_ target: ProbeTarget) throws -> ProbeOutcome {
        let prober = ReadinessProber()
        prober.add(target)
        prober.close()
        prober.run()
        return try #require(prober.outcomes[target.index])
    }

    @Test("an accepted connection is no answer")
    func accepts() throws {
        let listener = try Listener()
        let place = ProbeTarget.Place.address("127.0.0.1", port: listener.port)
        let found = try outcome(
            ProbeTarget(index: 3, readiness: .http(path: "/"), place: place, deadline: deadline(0.3)))
        #expect(found.accepted != nil && found.answered == nil)
        #expect(found.failure?.contains("no answer in time") == true)
    }

    @Test("a refusal is asked again, and the answer's time lies after the server gave it")
    func answers() throws {
        let listener = try Listener()
        let place = ProbeTarget.Place.address("127.0.0.1", port: listener.port)
        let prober = ReadinessProber()
        let thread = try WorkerThread { prober.run() }
        prober.add(ProbeTarget(index: 0, readiness: .http(path: "/"), place: place, deadline: deadline(10)))
        prober.close()
        listener.serve("HTTP/1.1 503 Starting\r\n\r\n")
        usleep(20_000)
        let before = HostClock.monotonicNanoseconds()
        listener.serve("HTTP/1.1 200 OK\r\n\r\n")
        thread.join()
        let found = try #require(prober.outcomes[0])
        let answered = try #require(found.answered)
        #expect(answered >= before && answered <= HostClock.monotonicNanoseconds())
        #expect(found.tries >= 2)
    }

    @Test("a port that refuses is asked until its process is gone")
    func processGone() throws {
        let port = try Listener().port
        let child = try ChildProcess.start("/bin/true", [], streams: [])
        _ = ChildProcess.wait(child)
        let target = ProbeTarget(
            index: 0, readiness: .redisPing, place: .address("127.0.0.1", port: port), deadline: deadline(20),
            process: child)
        let began = HostClock.monotonicNanoseconds()
        #expect(try outcome(target).failure?.contains("process ended") == true)
        #expect(HostClock.monotonicNanoseconds() - began < 10_000_000_000)
    }

    @Test("output is found in the file that it is written to")
    func output() throws {
        let path = FileManager.default.temporaryDirectory.path + "/tare-output-\(getpid())"
        defer { unlink(path) }
        try AtomicFile.write(path, text: "{\"log\":\"hello from tare\\n\"}\n")
        let target = ProbeTarget(
            index: 0, readiness: .output("hello from tare"), place: .file(path), deadline: deadline(5))
        #expect(try outcome(target).answered != nil)
    }

    @Test("with nobody to ask it ends at once")
    func nobody() {
        let prober = ReadinessProber()
        prober.close()
        prober.run()
        #expect(prober.outcomes.isEmpty)
    }
}
