import Glibc
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareNetwork

@Suite(.enabled(if: TestGate.isRoot, "root is needed for network namespaces"))
struct KillTests {
    private func start(_ fixture: NetworkFixture, seed: Int) throws -> pid_t {
        let program = NetworkFixture.program("network-trial")
        var words: [UnsafeMutablePointer<CChar>?] = [
            program, "churn", fixture.store.root, fixture.hostPath, NetworkFixture.helper, "\(seed)",
        ].map { (word: String) in strdup(word) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let failure = posix_spawn(&child, program, nil, nil, &words, environ)
        guard failure == 0 else { throw TareError.system("cannot start it", subject: program, errno: failure) }
        return child
    }

    /// The exit code, or 1000 and the signal's number.
    private func end(_ child: pid_t) -> Int32 {
        kill(child, SIGKILL)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status & 0x7f == 0 ? status >> 8 : 1000 + (status & 0x7f)
    }

    @Test("two commands are killed at random moments; each repair leaves what is whole, and the last detach nothing")
    func killed() throws {
        let fixture = try NetworkFixture { $0.helper = NetworkFixture.helper }
        let store = fixture.store
        let before = try fixture.hostState()
        let keep = try store.attach(container: "keep", network: "bridge", ports: PortRequest.parse("8080:80"))
        try fixture.serve(keep, port: 80)
        var repaired = 0
        for round in 0..<30 {
            let children = try (0..<2).map { try start(fixture, seed: round * 2 + $0) }
            usleep(UInt32.random(in: 5_000...60_000))
            for child in children { #expect(end(child) == 1000 + SIGKILL) }
            if try !store.repair().isClean { repaired += 1 }
            #expect(try store.repair().isClean)
            let known = Set(try store.attachments().compactMap(\.hostLink))
            let links = try fixture.inHost { () throws(TareError) in try NetlinkConnection(.route).links() }
            #expect(Set(links.map(\.name).filter { $0.hasPrefix("tarev") }) == known)
        }
        // A kill that always comes between two commands would show nothing.
        #expect(repaired > 0)
        #expect(try fixture.ask("127.0.0.1", 8080)?.hasPrefix("keep") == true)
        for attachment in try store.attachments() { try store.detach(container: attachment.container) }
        #expect(try fixture.hostState() == before)
        #expect(NetworkStore.names(in: store.path("addresses", "bridge")).isEmpty)
        #expect(NetworkStore.names(in: store.path("netns")).isEmpty)
    }

    @Test("attaching the hundredth container takes as many netlink messages as the second")
    func constantCost() throws {
        let fixture = try NetworkFixture()
        var messages: [Int] = []
        for number in 0..<100 {
            let result = try fixture.store.attachCounting(
                container: "c\(number)",
                network: "bridge",
                ports: PortRequest.parse("80")
            )
            messages.append(result.count.messages)
        }
        #expect(Set(messages.dropFirst()).count == 1)
        #expect(messages[99] <= 16)
    }
}
